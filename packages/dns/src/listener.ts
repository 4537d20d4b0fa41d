/** A listener's life after it was opened: stop taking queries, watch the rest finish, close. */
export interface Listener {
  readonly stop: () => void;
  readonly pending: () => number;
  readonly close: () => void;
}
