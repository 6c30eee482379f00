import type { Absence, SchoolKind } from '#domain';
import type { InspectionOutcome } from '../imports/files/inspection-outcomes';
import type { Coded } from '../imports/files/register';

/** A county that does not exist. Days are `YYYY-MM-DD`; academic years are labelled "2025/26". */
export interface County {
  /** Shown wherever a figure of the county is. */
  readonly invented: true;
  readonly seed: number;
  readonly authority: number;
  readonly authorityName: string;
  readonly asAt: string;
  /** Schools that are open on `asAt` or were closed in the four years before. */
  readonly schools: readonly CountySchool[];
  readonly changes: readonly StructureChange[];
  readonly liaisonGroups: readonly string[];
  readonly trusts: readonly Coded[];
  readonly federation: Federation;
}

export interface EstablishmentType extends Coded {
  readonly group: Coded;
}

/** What the register gives one URN to. A school that became an academy has two, oldest first. */
export interface Establishment {
  readonly urn: string;
  readonly type: EstablishmentType;
  /** Absent for old schools, as in the real register. */
  readonly openedOn?: string;
  readonly closedOn?: string;
  readonly reasonOpened?: string;
  readonly reasonClosed?: string;
  readonly trust?: Coded;
}

export interface CountySchool {
  /** The model's own, not the product's: "s001". */
  readonly id: string;
  readonly kind: SchoolKind;
  readonly name: string;
  readonly establishmentNumber: string;
  readonly establishments: readonly Establishment[];
  readonly lowAge: number;
  readonly highAge: number;
  readonly gender: 'Mixed' | 'Boys' | 'Girls';
  readonly religiousCharacter: string;
  readonly admissionsPolicy: string;
  readonly capacity: number;
  /** Pupils at the January census of each year from 2022. */
  readonly rolls: Readonly<Record<number, number>>;
  readonly fsmPercent: number;
  readonly place: Place;
  readonly liaisonGroup: string;
  /** In order of days, the head of August 2022 first. */
  readonly heads: readonly HeadChange[];
  /** In order of publication. */
  readonly inspections: readonly PublishedOutcome[];
  readonly readings: readonly CountyReading[];
  /** How hard the school finds it, in standard deviations of the county: what makes its figures hang together. */
  readonly strain: Readonly<Record<string, number>>;
}

export interface Place {
  readonly town: string;
  readonly postcode: string;
  readonly easting: number;
  readonly northing: number;
  readonly ward: string;
  readonly district: string;
  readonly urban: string;
}

export interface HeadChange {
  /** Stands for a person, who does not exist. */
  readonly headRef: string;
  readonly kind: 'permanent' | 'interim' | 'acting';
  readonly from: string;
}

/** `outcome` as it stood after that publication: a monitoring visit that grades an area anew publishes it again. */
export interface PublishedOutcome {
  readonly publishedOn: string;
  readonly outcome: InspectionOutcome;
}

/** A figure of one school and academic year, or why there is none. */
export type CountyReading = {
  readonly academicYear: string;
  readonly indicator: string;
  /** When the figure, or that there is none, can be known. */
  readonly publishedOn: string;
} & ({ readonly value: number } | { readonly absence: Absence });

export type StructureChange =
  | { readonly kind: 'conversion'; readonly on: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'merger';
      readonly on: string;
      readonly from: readonly string[];
      readonly to: string;
    }
  | { readonly kind: 'closure'; readonly on: string; readonly from: string };

export interface Federation extends Coded {
  readonly formedOn: string;
  readonly urns: readonly string[];
}
