/* Reads {rules, tables} a line, as tests/bundles/walking/drawn_members.py writes them, and prints of each table's rows what they
   come to, or why they can't be used. */
"use strict";

const readline = require("readline");
const offline = require("../../../static/offline/engine.js");
const members = require("../../../static/offline/members.js");

function outcome(rules, typed) {
  const [table] = rules.members;
  const questions = table.results.map(({ question }) => question);
  const { rows, refused } = members.read(rules, rules.today, table, typed, members.columnsFor(table, questions));
  if (refused.length) {
    const told = refused.map((one) => [one.row, one.column, one.refused, one.value].concat(one.allowed ? one.allowed : []));
    return { refused: told.sort((one, other) => one[0] - other[0] || (one[1] < other[1] ? -1 : 1)) };
  }
  return { answers: members.answers(rules.today, table, rows, questions) };
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  const { rules, tables } = JSON.parse(line);
  const opened = offline.open(rules);
  for (const typed of tables) process.stdout.write(`${JSON.stringify(outcome(opened, typed))}\n`);
});
