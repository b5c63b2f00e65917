/* Reads {amount, today, calendar, values} a line, as tests/bundles/results/offline_amounts.py writes them, and prints what the
   amount comes to: a fraction without common factors, a day, or null. */
"use strict";

const readline = require("readline");
const amounts = require("../../../static/offline/amounts.js");

const whole = (places) => places.reduceRight((all, digit) => all * 10000000n + BigInt(digit), 0n);

function reduced({ negative, over, under }) {
  const [top, bottom] = [whole(over), whole(under)];
  let [one, other] = [top, bottom];
  while (other) [one, other] = [other, one % other];
  return `${negative ? "-" : ""}${top / one}/${bottom / one}`;
}

function outcome({ amount, today, calendar, values }) {
  const known = ([, name]) => {
    const value = values[name];
    if (value === undefined || value === null) return null;
    return value.includes("-", 1) ? value : amounts.written(value);
  };
  const value = amounts.workedOut(amount, today, calendar, known);
  return value === null || typeof value === "string" ? value : reduced(value);
}

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  process.stdout.write(`${JSON.stringify(outcome(JSON.parse(line)))}\n`);
});
