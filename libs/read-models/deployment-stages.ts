/** How far a deployment has come, in the order in which it does. */
export const deploymentStages = [
  'needed',
  'matched',
  'confirming',
  'confirmed',
  'started',
  'paused',
  'completed',
  'ended-early',
  'closed',
  'declined',
  'lapsed',
] as const;
export type DeploymentStage = (typeof deploymentStages)[number];

/** The school is supported: half-days are set aside for it, and the work is not over. */
export const supporting: readonly DeploymentStage[] = ['confirmed', 'started', 'paused'];

/** The support is wanted, agreed or under way. */
export const notOver: readonly DeploymentStage[] = [
  'needed',
  'matched',
  'confirming',
  ...supporting,
];

/** Somebody has something to do still. */
export const openStages: readonly DeploymentStage[] = deploymentStages.filter(
  (stage) => stage !== 'closed' && stage !== 'declined' && stage !== 'lapsed',
);

export const stagesInWords: Readonly<Record<DeploymentStage, string>> = {
  needed: 'A champion is wanted',
  matched: 'A champion is proposed',
  confirming: 'Its half-days are being set aside',
  confirmed: 'Confirmed, not started',
  started: 'Under way',
  paused: 'Paused',
  completed: 'Completed',
  'ended-early': 'Ended early',
  closed: 'Closed',
  declined: 'Declined by the school',
  lapsed: 'Lapsed before it began',
};
