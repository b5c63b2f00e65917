/* Reads answer sets with their days on the first line of its input, `[[today, answers], …]`, then `{"law", "functions"}` a
   line, and prints what each function works out of each answer set under that law. */
"use strict";

const readline = require("readline");
const figures = require("../../../static/offline/figures.js");

let cases = null;
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const wish = JSON.parse(line);
  if (!cases) {
    cases = wish;
    return;
  }
  const known = figures(wish.law);
  const found = wish.functions.map((name) => cases.map(([today, answers]) => known[name](today, answers)));
  process.stdout.write(`${JSON.stringify(found)}\n`);
});
