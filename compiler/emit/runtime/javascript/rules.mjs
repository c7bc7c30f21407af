// Rules: whether they apply, what they test, what comes out.

import { Item } from "./expression.mjs";
import { and, atLeastOf, not, or, truthOf } from "./truth.mjs";
import {
  Unknown,
  awaited,
  isUnknown,
  onlyJudgements,
  sameValue,
} from "./value.mjs";

const MET = { result: "met", needs: [] };
const UNMET = { result: "unmet", needs: [] };
const NOT_APPLICABLE = { result: "not applicable", needs: [] };

/** The result of a guard and a test together, as `{ result, needs }`. */
export function resultOf(applies, test) {
  if (applies === false) return NOT_APPLICABLE;
  const truth = applies === true ? truthOf(test) : or(not(applies), test);
  if (isUnknown(truth))
    return {
      result: onlyJudgements(truth.needs) ? "pending" : "unknown",
      needs: truth.needs,
    };
  return truth ? MET : UNMET;
}

/** A rule as operand: met is true, unmet is false, not applicable has no value. */
export function asOperand({ result, needs }) {
  if (result === "met" || result === "unmet") return result === "met";
  return result === "not applicable" ? null : new Unknown(needs);
}

/** What came out of a rule: `{ result, needs, reason, members, items }`. */
export const workOutRule = (scene, rule) => scene.naming(rule, ofRule);

function ofRule(scene, rule) {
  const waived = waivedBy(scene, rule);
  const judged =
    rule.each === undefined
      ? plain(scene, rule, waived)
      : eachItem(scene, rule, waived);
  return excused(scene, rule, judged);
}

function plain(scene, rule, waived) {
  const call = (part) => part(scene);
  const applies = and(guarded(rule, call), not(waived));
  const { truth, members } = testOf(scene, rule.test, rule.key, call);
  const judged = resultOf(applies, truth);
  return members === undefined ? judged : { ...judged, members };
}

/** With a written reason an unmet `in principle` is met. */
function excused(scene, rule, judged) {
  if (rule.strength !== "in principle" || judged.result !== "unmet")
    return judged;
  const reason = scene.case.reasons.get(rule.key);
  return reason === undefined ? judged : { ...judged, result: "met", reason };
}

/** `when ∧ ¬unless` */
function guarded({ when, unless }, call) {
  if (when === undefined && unless === undefined) return true;
  return and(
    when === undefined ? true : call(when),
    not(unless === undefined ? false : call(unless)),
  );
}

/** Whether a waiver lifts the rule; an unknown one leaves `complete` rules in force. */
function waivedBy(scene, rule) {
  if (rule.waivedBy === undefined) return false;
  const truth = or(...rule.waivedBy.map((key) => waiver(scene, key)));
  return isUnknown(truth) && rule.strength === "complete" ? false : truth;
}

/** Whether a waiver is met. */
export function waiver(scene, key) {
  const value = scene.rule(key);
  return value === null ? false : truthOf(value);
}

/** Kleene-and over items; an empty list: not applicable. */
function eachItem(scene, rule, waived) {
  const list = rule.each(scene);
  if (isUnknown(list))
    return { ...resultOf(not(waived), new Unknown(list.needs)), items: [] };
  const [applies, tests, failing] = [[], [], []];
  (Array.isArray(list) ? list : []).forEach((data, index) => {
    const item = new Item(data);
    const call = (part) => part(scene)(item);
    const guard = guarded(rule, call);
    const { truth } = testOf(scene, rule.test, rule.key, call);
    const judged = resultOf(guard, truth);
    if (judged.result !== "met" && judged.result !== "not applicable")
      failing.push({ path: `${rule.list}/${index}`, ...judged });
    tests.push(or(not(guard), truth));
    applies.push(guard);
  });
  const judged = resultOf(and(or(...applies), not(waived)), and(...tests));
  return {
    ...judged,
    items: judged.result === "not applicable" ? [] : failing,
  };
}

const entry = (value, key, source) => value ?? awaited(key, source);

/** The truth of a test, and the results of its members if it is a threshold. */
function testOf(scene, test, key, call) {
  if (typeof test === "function") return { truth: truthOf(call(test)) };
  if (test.kind === "threshold") return threshold(scene, test, call);
  const sheet = scene.case.sheets.get(key);
  if (test.kind === "judged")
    return { truth: entry(sheet?.judgements, key, "judgement") };
  if (test.kind === "attested")
    return { truth: entry(sheet?.attested, key, "other") };
  const stated = sheet?.external ?? null;
  if (test.asOf === undefined) return { truth: entry(stated, key, "other") };
  const day = call(test.asOf);
  if (isUnknown(day) && stated !== null)
    return { truth: new Unknown(day.needs) };
  return {
    truth: entry(
      sameValue(day, sheet?.asOf ?? null) ? stated : null,
      key,
      "other",
    ),
  };
}

/**
 * A Kleene threshold. A member that does not apply counts for neither side: where all are asked for it is passed over, else it is not
 * met.
 */
function threshold(scene, { need, members }, call) {
  const all = need === members.length;
  const truths = [];
  const listed = members.map((member) => {
    const applies =
      member.when === undefined ? true : truthOf(call(member.when));
    const { truth, members: inner } = testOf(
      scene,
      member.test,
      member.key,
      call,
    );
    truths.push(all ? or(not(applies), truth) : and(applies, truth));
    return {
      of: member,
      path: member.path,
      ...resultOf(applies, truth),
      members: inner,
    };
  });
  return { truth: atLeastOf(need, truths), members: listed };
}
