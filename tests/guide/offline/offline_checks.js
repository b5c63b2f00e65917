/* Reads {"type", "text", "today", "kind"} a line and prints what static/offline/checks.js finds; {"pairs": text} gives both halves,
   {"lines", "page"} the data that the lines hold, {"code", "rules"} what the code says or what is wrong with it. */
"use strict";

const readline = require("readline");
const { decode } = require("../../../static/offline/codes.js");
const { check } = require("../../../static/offline/checks.js");
const { chinese, own, paired } = require("../../../static/offline/words.js");

function found(wish) {
  if ("pairs" in wish) return [own(wish.pairs), chinese(wish.pairs)];
  if ("lines" in wish) return paired(wish.lines, wish.page);
  if ("code" in wish) return decode(wish.rules, wish.code);
  return check(wish.type, wish.text, wish.today, wish.kind);
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(found(wish))}\n`);
});
