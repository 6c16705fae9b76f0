"use strict";
/*
 * Pages that refresh themselves: asks for the live part every few seconds while somebody looks, keeps the focus where it was,
 * and says when the node does not answer. Pages work without it, too.
 */
const hotBackup = {
  everyMillis: 5000,
  focused: null,
  waiting: false,

  start() {
    if (document.getElementById("refresh") !== null) {
      setInterval(() => this.refresh(), this.everyMillis);
    }
  },

  refresh() {
    if (document.hidden || this.waiting) {
      return;
    }
    const active = document.activeElement;
    this.focused = document.getElementById("live").contains(active) ? active.outerHTML : null;
    this.waiting = true;
    window.hotBackupRefresh();
  },

  answered(well) {
    document.getElementById("stale").hidden = well;
  },

  after() {
    this.waiting = false;
    if (this.focused === null || document.getElementById("live").contains(document.activeElement)) {
      return;
    }
    for (const candidate of document.querySelectorAll("#live a, #live button, #live input, #live [tabindex]")) {
      if (candidate.outerHTML === this.focused) {
        candidate.focus({ preventScroll: true });
        return;
      }
    }
  },
};
document.addEventListener("DOMContentLoaded", () => hotBackup.start());
