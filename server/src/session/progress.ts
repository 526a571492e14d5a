import type { State } from "./model.js";

const START: State = {
  greeted: false,
  hello: undefined,
  extensions: undefined,
  tls: false,
  authenticated: false,
  transaction: undefined,
  lmtp: false,
  closed: false,
};

/** The state of a session as it unfolds. One value is shared by everything that follows it; each change makes a new state. */
export class Progress {
  state: State = START;

  /** Changes some of the state. Exchanges that hold the state before keep it. */
  set(change: Partial<State>): void {
    this.state = { ...this.state, ...change };
  }
}
