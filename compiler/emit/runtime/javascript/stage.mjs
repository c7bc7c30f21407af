// One stage of a batch under one setting of readings: packages in turn against the sender's quotas, then every quota of the stage.

import { groupsOf } from "./keys.mjs";
import {
  countGroup,
  distanceOf,
  limitOf,
  measureOf,
  overCap,
  resultFor,
} from "./quota.mjs";
import { resultOf } from "./rules.mjs";
import { Taken, sendingsOf } from "./sending.mjs";
import { addNote } from "./scope.mjs";
import { not, or } from "./truth.mjs";

const WEIGHTY = ["require", "complete", "in principle"];

/** Whether exceeding it keeps a package out. */
const binds = ({ soft, strength }) =>
  !soft && (strength === undefined || WEIGHTY.includes(strength));

const isUpper = ({ bound }) =>
  bound?.kind === "at most" || bound?.kind === "less";

/** A cap that can only be reached, never left again, by sending more. */
const isCap = (quota) =>
  (isUpper(quota) ||
    quota.bound?.kind === "between" ||
    quota.bound?.kind === "equal") &&
  quota.grows === true;

const isSender = ({ binding }) => binding.sender !== undefined;

export class StageRun {
  constructor({
    prepared,
    batch,
    stage,
    settings,
    closed,
    scenes,
    ids,
    byId,
    packages,
    counted,
  }) {
    Object.assign(this, {
      prepared,
      batch,
      stage,
      settings,
      closed,
      scenes,
      ids,
      byId,
      packages,
      counted,
    });
    /** Quotas in source order, groups in theirs: `{ index, name, found }`. */
    this.quotas = [];
    /** Per package position: the quotas it was judged by. */
    this.judged = new Map();
    /** Cases of breaching groups with the quota's position. */
    this.breaching = [];
    /** Data notes. */
    this.notes = [];
    /** How many packages name a case, by its id. */
    this.named = new Map();
    for (const { one } of packages)
      for (const id of new Set(one.cases))
        this.named.set(id, (this.named.get(id) ?? 0) + 1);
    /** Per quota and group: how sendings failed against it. */
    this.breaches = new Map();
  }

  /** Positions of a package's cases that are in the batch and not taken back. */
  casesOf(one) {
    const named = one.cases
      .filter((id) => this.byId.has(id))
      .map((id) => this.byId.get(id));
    return named.filter((position) => !this.batch.cases[position].withdrawn);
  }

  /** When a case was sent at the stage, by its own events. */
  sentAt(position) {
    return (
      this.batch.cases[position].events.find(
        (event) => this.stage !== null && event.stage === this.stage,
      )?.at ?? null
    );
  }

  /** Judges packages in turn, then all quotas of the stage. */
  run() {
    const all = this.prepared.quotas
      .map((quota, index) => ({ quota, index }))
      .filter(({ quota }) => (quota.at ?? null) === this.stage);
    const caps = all.filter(
      ({ quota }) => isSender(quota) && !quota.soft && isCap(quota),
    );
    const fitting = new Set(
      this.takeInTurn(caps).map(([position]) => position),
    );
    for (const { quota, index } of all) this.wholeQuota(index, quota, fitting);
    return this;
  }

  groups(quota, cases) {
    return groupsOf(this.prepared, quota, this.scenes, cases, this.settings);
  }

  count(quota, group, members) {
    return countGroup(
      this.prepared,
      quota,
      group,
      members,
      this.scenes,
      this.settings,
    );
  }

  /** The sender's caps, sending by sending; gives the cases whose sending fitted. */
  takeInTurn(caps) {
    const accepted = new Set();
    const taken = caps.map(({ quota }) => new Taken(this, quota));
    const counts = new Map(this.counted);
    const quotas = caps.map(({ quota }) => quota);
    for (const sending of sendingsOf(this, quotas)) {
      const own = [...new Set(sending.cases)].filter((at) => counts.has(at));
      const fits = caps.map(({ quota, index }, i) => {
        const near = taken[i].beside(own) ?? [
          ...new Set([...accepted, ...own]),
        ];
        const together = near
          .sort((a, b) => a - b)
          .map((at) => [at, counts.get(at)]);
        return this.against(index, quota, sending, together);
      });
      if (!fits.every(Boolean)) continue;
      for (const one of taken) one.take(own.filter((at) => !accepted.has(at)));
      for (const at of own) accepted.add(at);
    }
    return [...accepted].map((at) => [at, counts.get(at)]);
  }

  /** One sending against one cap, group by group; whether it fits. */
  against(index, quota, sending, together) {
    let fits = true;
    const own = new Set(sending.cases);
    for (const group of this.groups(quota, together)) {
      if (!group.members.some(([position]) => own.has(position))) continue;
      const counted = this.count(quota, group, group.members);
      this.note(counted);
      const over = overCap(quota, counted) ?? false;
      let { result, needs } = resultOf(
        true,
        or(not(counted.applies), not(over)),
      );
      const reason = this.reason(quota, sending);
      if (
        result === "unmet" &&
        quota.strength === "in principle" &&
        reason !== undefined
      )
        result = "met";
      const found = this.finding(quota, group, counted, {
        result,
        final: this.closed || result === "unmet",
        needs,
      });
      if (over === true && result === "met") found.reason = reason;
      for (const position of sending.packages)
        this.judge(position, { ...found, under: [] });
      if (result === "unmet" && binds(quota)) {
        fits = false;
        const name = breachName(index, group);
        this.breaches.set(name, [
          ...(this.breaches.get(name) ?? []),
          { counted, packages: sending.packages, result },
        ]);
      }
    }
    return fits;
  }

  note({ notes }) {
    for (const note of notes) addNote(this.notes, note);
  }

  judge(position, found) {
    this.judged.set(position, [...(this.judged.get(position) ?? []), found]);
  }

  /** A written reason for exceeding a quota: of a package of the sending. */
  reason(quota, sending) {
    const reasons = sending.packages.map((position) =>
      this.batch.packages[position].reasons.get(quota.key),
    );
    return reasons.find((reason) => reason !== undefined);
  }

  /** A quota over all that counts: every group, one finding each. */
  wholeQuota(index, quota, fitting) {
    // Groups are formed over all cases of the batch: one whose sending did not fit, or that nobody brought to the stage, still stands.
    const counts = new Map(this.counted);
    const all = this.scenes.map((_, at) => [at, counts.get(at) ?? false]);
    for (const group of this.groups(quota, all)) {
      const breaches = this.breaches.get(breachName(index, group)) ?? [];
      let found;
      if (breaches.length > 0) {
        const [{ counted, result }] = breaches;
        found = this.finding(quota, group, counted, {
          result,
          final: true,
          needs: [],
        });
        found.returned = breaches.flatMap((breach) =>
          breach.packages.map((position) => this.packageId(position)),
        );
      } else {
        const members = group.members.filter(([position]) =>
          fitting.has(position),
        );
        const counted = this.count(quota, group, members);
        this.note(counted);
        found = this.finding(
          quota,
          group,
          counted,
          resultFor(quota, counted, this.closed),
        );
        this.excuse(quota, found);
      }
      found.override = this.decision(quota, group);
      if (found.result === "unmet") this.mark(index, quota, group, found);
      this.quotas.push({
        index,
        name: JSON.stringify(group.name),
        group: group.name,
        found,
      });
    }
  }

  /** Cases of a breaching group get its outcome; packages of a share that is over are returned. */
  mark(index, quota, group, found) {
    const members = group.members.map(([position]) => position);
    if (quota.outcome !== undefined)
      for (const position of members)
        this.breaching.push({ position, quota: index });
    const whole =
      isSender(quota) &&
      !quota.soft &&
      isUpper(quota) &&
      found.returned.length === 0;
    if (!whole || !binds(quota)) return;
    for (const { index: position, one } of this.packages) {
      if (!this.casesOf(one).some((at) => members.includes(at))) continue;
      found.returned = [...found.returned, this.packageId(position)];
      this.judge(position, { ...found, under: [] });
    }
  }

  /** With a written reason of a package an `in principle` quota is met. */
  excuse(quota, found) {
    if (quota.strength !== "in principle" || found.result !== "unmet") return;
    const reason = this.packages
      .map(({ one }) => one.reasons.get(quota.key))
      .find((text) => text !== undefined);
    if (reason === undefined) return;
    found.result = "met";
    found.reason = reason;
  }

  packageId(position) {
    return this.batch.packages[position].id ?? `#${position + 1}`;
  }

  finding(quota, group, counted, { result, final, needs }) {
    const { sender, decider } = quota.binding;
    return {
      of: quota,
      strength: quota.soft ? "note" : (quota.strength ?? "require"),
      result,
      final,
      key: Object.fromEntries(
        (quota.keys ?? []).map((key, i) => [key.name, group.name[i]]),
      ),
      measure: measureOf(quota, counted),
      limit: limitOf(quota, counted),
      distance: distanceOf(counted),
      members: counted.members.map((position) => this.ids[position]),
      needs,
      under: [],
      returned: [],
      addressed: sender ?? decider,
    };
  }

  /** The decision recorded for a group. */
  decision(quota, group) {
    return this.batch.decisions.findLast(
      (one) => one.quota === quota.key && decides(one, quota, group.name),
    );
  }
}

/** Whether a decision on a quota is on the group of this name. */
export const decides = (decision, quota, group) =>
  [...decision.key].every(([name, text]) =>
    (quota.keys ?? []).some(
      (key, i) => group[i] === text && (name === "" || key.name === name),
    ),
  );

const breachName = (index, group) => JSON.stringify([index, group.name]);
