// The words of the interface in both languages, and the switch between them.
//
// Always: only what prog itself says changes; the author's words change where the author gave them in both languages (`data-en`).

const WORDS = {
  zh: {
    error: "错误：",
    errors: (n) => `有 ${n} 处需要改正`,
    whole: (label) => `“${label}”应填整数`,
    track: "请选择申报类别",
    sender: "请选择或填写报送单位",
    checked: "本页填写完整，可以导出数据。",
    exported: (name) => `已导出 ${name}。`,
    notExported: (n) => `有 ${n} 处应填整数而填的不是整数，没有导出。`,
    saved: (time) => `草稿已存在本机（${time}）`,
    restored: (time) => `已恢复本机在 ${time} 保存的草稿。`,
    changed: (kept, lost) =>
      `表格已改版。草稿中仍适用的 ${kept} 项已保留` +
      (lost > 0 ? `，${lost} 项在新表中没有位置。` : "。"),
    cleared: "已清除草稿。",
    undo: "撤销",
    noStore: "本浏览器不允许保存草稿，请及时导出数据。",
    read: (n, name) => `已从 ${name} 读入 ${n} 项。`,
    notRead: (name) => `没有读入 ${name}：`,
    leftOut: "未读入：",
    place: (line, column) => `第 ${line} 行第 ${column} 列`,
    noMember: "没有这一项",
    notShown: "本页放不下这个值",
    result: "核对结果",
    verdicts: {
      accepted: "符合要求",
      "pending judgement": "等待评定",
      unknown: "还不能确定",
      "reason needed": "要说明理由",
      returned: "退回补正",
      rejected: "不符合要求",
    },
    results: {
      met: "符合",
      unmet: "不符合",
      unknown: "未知",
      pending: "待评定",
      "not applicable": "不适用",
    },
    strengths: {
      require: "必须",
      complete: "材料齐全",
      "in principle": "原则上",
      prefer: "优先",
      encourage: "鼓励",
      note: "提示",
      finding: "告知",
      waive: "免除",
    },
    outcome: "结论",
    notMet: "不符合的",
    pending: "等待评定的",
    unknown: "还缺信息的",
    met: (n) => `符合的（${n} 项）`,
    later: (n) => `以后的环节再核对的（${n} 项）`,
    tags: "符合的优先和鼓励条件",
    values: "计算所得",
    notes: "提示",
    needs: "还缺：",
    notice: "通知没有写明",
    readings: "换一种口径的结果：",
    item: "项目",
    value: "数值",
    between: (low, high) => `${low ?? "…"} 至 ${high ?? "…"}`,
    refused: "数据不能核对：",
    words: "字",
    characters: "字符",
    count: (n, unit) => `已写 ${n} ${unit}`,
    about: (value, unit, low, high) =>
      low === undefined
        ? `要求 ${value} ${unit}左右`
        : `要求 ${value} ${unit}左右（${low} 至 ${high}）`,
    atMost: (value, unit) => `不超过 ${value} ${unit}`,
    atLeast: (value, unit) => `不少于 ${value} ${unit}`,
    short: "偏少",
    long: "偏多",
    addRow: "添加一行",
    removeRow: (n) => `删除第 ${n} 行`,
    row: (n) => `第 ${n} 行`,
    filled: (n, of) => `${n}/${of}`,
    idle: "不适用",
    stage: "核对到",
    allStages: "全部环节",
    quotas: "名额使用",
    quota: "名额",
    clause: "条款",
    used: "已用",
    limit: "上限",
    free: "剩余",
    over: "超出",
    noQuota: "填写报送单位和申报编号后，这里显示名额使用情况。",
    rowsRead: (n) => `已填入 ${n} 行。`,
    cases: (n) => `已读入 ${n} 份申报数据。`,
    unlisted: (cell, column) => `“${column}”没有“${cell}”这一选项`,
    key: "范围",
    trackOf: (n) => `第 ${n} 行的申报类别`,
    reportFile: "导出报告（JSON）",
    rowTrack: "申报类别…",
    between: "、",
    apart: "；",
    comma: "，",
    colon: "：",
    other: "English",
  },
  en: {
    error: "Error: ",
    errors: (n) => (n === 1 ? "There is a problem" : `There are ${n} problems`),
    whole: (label) => `${label} must be a whole number`,
    track: "Choose what the application is for",
    sender: "Say who sends this",
    checked: "This page is filled in. The data can be exported.",
    exported: (name) => `Exported ${name}.`,
    notExported: (n) =>
      `${n} entries should be whole numbers. Nothing was exported.`,
    saved: (time) => `Draft kept in this browser (${time})`,
    restored: (time) =>
      `The draft kept in this browser at ${time} was restored.`,
    changed: (kept, lost) =>
      `The form has changed. ${kept} entries of the draft still fit and were kept` +
      (lost > 0 ? `; ${lost} have no place in the new form.` : "."),
    cleared: "The draft was cleared.",
    undo: "Undo",
    noStore: "This browser keeps no drafts. Export the data in time.",
    read: (n, name) => `${n} entries were read from ${name}.`,
    notRead: (name) => `${name} was not read: `,
    leftOut: "Left out: ",
    place: (line, column) => `line ${line}, column ${column}`,
    noMember: "there is no such entry",
    notShown: "this page cannot show the value",
    result: "Result of the check",
    verdicts: {
      accepted: "Accepted",
      "pending judgement": "Waiting to be judged",
      unknown: "Not decided yet",
      "reason needed": "A reason is needed",
      returned: "Returned to be completed",
      rejected: "Rejected",
    },
    results: {
      met: "met",
      unmet: "not met",
      unknown: "unknown",
      pending: "waiting to be judged",
      "not applicable": "does not apply",
    },
    strengths: {
      require: "required",
      complete: "completeness",
      "in principle": "in principle",
      prefer: "preferred",
      encourage: "encouraged",
      note: "note",
      finding: "for information",
      waive: "waiver",
    },
    outcome: "Outcome",
    notMet: "Not met",
    pending: "Waiting to be judged",
    unknown: "Information is missing",
    met: (n) => `Met (${n})`,
    later: (n) => `Checked at later stages (${n})`,
    tags: "Preferences met",
    values: "Computed",
    notes: "Notes",
    needs: "Missing: ",
    notice: "the notice does not say",
    readings: "Under other readings: ",
    item: "Item",
    value: "Value",
    between: (low, high) => `${low ?? "…"} to ${high ?? "…"}`,
    refused: "The data cannot be checked: ",
    words: "words",
    characters: "characters",
    count: (n, unit) => `${n} ${unit}`,
    about: (value, unit, low, high) =>
      low === undefined
        ? `about ${value} asked for`
        : `about ${value} asked for (${low} to ${high})`,
    atMost: (value) => `at most ${value}`,
    atLeast: (value) => `at least ${value}`,
    short: "rather short",
    long: "rather long",
    addRow: "Add a row",
    removeRow: (n) => `Remove row ${n}`,
    row: (n) => `Row ${n}`,
    filled: (n, of) => `${n}/${of}`,
    idle: "does not apply",
    stage: "Check up to",
    allStages: "all stages",
    quotas: "Use of quotas",
    quota: "Quota",
    clause: "Clauses",
    used: "Used",
    limit: "Limit",
    free: "Free",
    over: "Over",
    noQuota:
      "Once sender and case ids are filled in, the use of quotas is shown here.",
    rowsRead: (n) => `${n} rows were filled in.`,
    cases: (n) => `${n} cases were read.`,
    unlisted: (cell, column) => `${column} has no choice “${cell}”`,
    key: "For",
    trackOf: (n) => `What row ${n} applies for`,
    reportFile: "Export the report (JSON)",
    rowTrack: "Applying for…",
    between: ", ",
    apart: "; ",
    comma: ", ",
    colon: ": ",
    other: "中文",
  },
};

// A page opens in the language in which it stands.
const state = {
  lang: globalThis.document?.documentElement.lang === "en" ? "en" : "zh",
};

/** The language in use. */
export const language = () => state.lang;

/** Words in the language in use: a text, or one made from values. */
export function say(name, ...values) {
  const words = WORDS[state.lang][name];
  return typeof words === "function" ? words(...values) : words;
}

/** The word of a verdict, a result, a strength; a word that is not known stands for itself. */
export const wordOf = (table, word) => WORDS[state.lang][table][word] ?? word;

/** Turns the static words of the page to a language. */
export function turnTo(lang) {
  state.lang = lang;
  document.documentElement.lang = lang === "en" ? "en" : "zh-CN";
  for (const element of document.querySelectorAll("[data-en]")) {
    element.dataset.zh ??= element.textContent;
    element.textContent = element.dataset[lang];
  }
  // What stays as the author wrote it is said to be in the author's language.
  const native = document.documentElement.dataset.native ?? "zh-CN";
  for (const element of document.querySelectorAll(".authored"))
    element.lang =
      element.dataset.en === undefined ? native : document.documentElement.lang;
}

/** An element with words in it; nothing is ever read as markup. */
export function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : value);
  element.append(...content.filter((one) => one !== null && one !== undefined));
  return element;
}
