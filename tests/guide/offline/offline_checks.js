/* Reads {"type", "text", "today", "kind"} a line and prints what static/offline/checks.js finds; {"pairs": text} gives both halves,
   {"lines", "page"} the data that the lines hold, {"code", "rules"} what the code says or what is wrong with it,
   {"address", "rules", "today"} what each question is answered, or why that can't be used, {"choice"} what a form prints for it,
   {"take", "number", "on", "today"} what a box takes from an ID number. */
"use strict";

const readline = require("readline");
const { decode } = require("../../../static/offline/codes.js");
const { open, read, typed } = require("../../../static/offline/engine.js");
const { check, derived } = require("../../../static/offline/checks.js");
const { chinese, official, own, paired } = require("../../../static/offline/words.js");

function answered(rules, { address, today }) {
  const words = typed(rules, new URLSearchParams(address));
  const answers = rules.questions.map((question) => [question.id, read(rules, today, question, words[question.id])]);
  return Object.fromEntries(answers.filter(([, { answer }]) => answer !== null)
    .map(([id, { answer, refused }]) => [id, refused || answer]));
}

function found(wish) {
  if ("pairs" in wish) return [own(wish.pairs), chinese(wish.pairs)];
  if ("lines" in wish) return paired(wish.lines, wish.page);
  if ("choice" in wish) return official(wish.choice);
  if ("take" in wish) return derived(wish.take, wish.number, wish.today, wish.on);
  if ("code" in wish) return decode(wish.rules, wish.code);
  if ("address" in wish) return answered(open(wish.rules), wish);
  return check(wish.type, wish.text, wish.today, wish.kind);
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(found(wish))}\n`);
});
