import { expect, test } from "vitest";
import { toCsv } from "@/features/research/to-csv";

test("a line for each measure; what could not be computed is empty, with its reason", () => {
  const csv = toCsv({
    pseudonym: "R-1",
    sex: null,
    n_sessions: 1,
    first_age_months: 30,
    last_age_months: 30,
    sessions: [
      {
        number: 1,
        week: null,
        age_months: 30,
        origin: "chat",
        n_utterances: 9,
        measures: {
          mlu_words: { value: 2.5, unit: "words", n: 9, rule: "mlu_words.v1", sd: null, reason: null },
          ttr: { value: null, unit: "", n: 0, rule: "ttr.v1", sd: null, reason: 'few, "rare" words' },
        },
      },
    ],
  });
  expect(csv.split("\n")).toEqual([
    "pseudonym,sex,session,week,age_months,origin,measure,value,unit,n,sd,rule,reason",
    "R-1,,1,,30,chat,mlu_words,2.5,words,9,,mlu_words.v1,",
    'R-1,,1,,30,chat,ttr,,,0,,ttr.v1,"few, ""rare"" words"',
    "",
  ]);
});

test("text is no formula, a negative number stays a number", () => {
  const csv = toCsv({
    pseudonym: "=R",
    sex: null,
    n_sessions: 1,
    first_age_months: null,
    last_age_months: null,
    sessions: [
      {
        number: 1,
        week: null,
        age_months: null,
        origin: "chat",
        n_utterances: 9,
        measures: {
          f0: { value: -2.5, unit: "@st", n: 9, rule: "-1", sd: null, reason: "＋1" },
        },
      },
    ],
  });
  expect(csv.split("\n")[1]).toBe("'=R,,1,,,chat,f0,-2.5,'@st,9,,'-1,'＋1");
});
