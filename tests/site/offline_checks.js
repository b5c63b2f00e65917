/* Reads {"type", "text", "today", "kind"} a line and prints what static/offline/checks.js finds; {"pairs": text} gives both halves. */
"use strict";

const readline = require("readline");
const { check } = require("../../static/offline/checks.js");
const { chinese, own } = require("../../static/offline/words.js");

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  const found = "pairs" in wish ? [own(wish.pairs), chinese(wish.pairs)] : check(wish.type, wish.text, wish.today, wish.kind);
  process.stdout.write(`${JSON.stringify(found)}\n`);
});
