import type { RateCard } from './events';

/**
 * Rates made up as an example, so that the product can be tried: what Buckinghamshire pays was not found. They are near
 * what teaching schools charged a day in 2019/20, £350 for a specialist leader, £450 for a local and £550 for a national
 * leader of education [domain dossier, 1.8]. No council's own, and it says so in its title.
 */
export const exampleRateCards: readonly RateCard[] = [
  {
    version: 'example-rates-2022',
    title: 'Example rates, 2022 (invented; no council’s own)',
    example: true,
    effectiveFrom: '2022-09-01',
    boardAgreedOn: '2022-07-06',
    rates: [
      { role: 'SSLC', pencePerHalfDay: 22_500 },
      { role: 'SSPC', pencePerHalfDay: 17_500 },
      { role: 'ABLE', pencePerHalfDay: 17_500 },
    ],
  },
];
