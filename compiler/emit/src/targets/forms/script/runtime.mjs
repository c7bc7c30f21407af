// What a page takes from the validator's runtime: what a definition calls, without reports on targets.

export { Zone } from "./date.mjs";
export * from "./expression.mjs";
export {
  largest,
  minus,
  negative,
  plus,
  rounded,
  smallest,
  times,
} from "./interval.mjs";
export { ratio } from "./number.mjs";
export { and, not, or } from "./truth.mjs";
export { silent } from "./value.mjs";
