import { threshold } from './threshold';

/** The part of the ports that a system gives out which is too much. */
export const PORT_THRESHOLDS = {
  portsWarning: threshold.percent(
    50,
    'Report a warning when this percentage of the ports for outgoing connections is in use.',
  ),
  portsError: threshold.percent(
    80,
    'Report an error when this percentage of the ports for outgoing connections is in use.',
  ),
};
