/* Reads {"type", "text", "today", "kind"} a line and prints what static/offline/checks.js finds; {"pairs": text} gives both halves,
   {"lines", "page"} the data that the lines hold. */
"use strict";

const readline = require("readline");
const { check } = require("../../static/offline/checks.js");
const { chinese, own, paired } = require("../../static/offline/words.js");

function found(wish) {
  if ("pairs" in wish) return [own(wish.pairs), chinese(wish.pairs)];
  if ("lines" in wish) return paired(wish.lines, wish.page);
  return check(wish.type, wish.text, wish.today, wish.kind);
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(found(wish))}\n`);
});
