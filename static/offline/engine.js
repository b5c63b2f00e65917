/* Walks through a bundle without a server: answers -> questions, notice, form, case code, from the data of bundles/results/offline_rules.py.
   The same rules as bundles/walking/walks.py, navigation.py and notices.py; tests/bundles/results/offline_engine.py holds them together.
   Answers: a choice's id, a list of ids for `many`, a day as 2026-11-22, a number in hundredths. */
(function (root) {
  "use strict";

  const inNode = typeof module === "object";
  const days = inNode ? require("./days.js") : root.OfflineDays;
  const codes = inNode ? require("./codes.js") : root.OfflineCodes;
  const figures = inNode ? require("./figures.js") : root.OfflineFigures; // not there where no function is used
  const { visits } = inNode ? require("./visits.js") : root.OfflineVisits;
  const rivals = inNode ? require("./rivals.js") : root.OfflineRivals; // not there where nothing excludes another
  const amounts = inNode ? require("./amounts.js") : root.OfflineAmounts; // not there where no amount is
  const FALSE = 0;
  const TRUE = 1;
  const OLDEST_YEARS = 125;
  const LAST_DAY = "2199-12-31";
  const NONE = "none";
  const DATE_PARTS = ["year", "month", "day"];

  // Diagrams

  // Sets of variables as bits, 32 a number, the lowest first: Safari 13 has no larger integers
  const bit = (number) => new Array(number >> 5).fill(0).concat(1 << (number & 31));
  const has = (bits, number) => (bits[number >> 5] & (1 << (number & 31))) !== 0;
  const either = (one, other) =>
    one.length < other.length ? either(other, one) : one.map((bits, place) => bits | other[place]);

  /** The nodes of the data, with what can be asked of them. `values` maps variables to the numbers of their values,
      `supports` has each node's variables, tested there or below, as bits. */
  class Diagrams {
    constructor(rules) {
      this.variables = [-1, -1].concat(rules.tests);
      this.starts = [0, 0];
      this.supports = [[], []];
      this.sizes = rules.variables.map((variable) => variable.values.length);
      this.children = [];
      rules.tests.forEach((variable, place) => {
        const [node, start] = [place + 2, this.children.length];
        this.starts.push(start);
        for (const step of rules.children.slice(start, start + this.sizes[variable])) {
          this.children.push(step > TRUE ? node + 1 - step : step);
        }
        this.supports.push(this.childrenOf(node).reduce((all, child) => either(all, this.supports[child]), bit(variable)));
      });
    }

    childrenOf(node) {
      const start = this.starts[node];
      return this.children.slice(start, start + this.sizes[this.variables[node]]);
    }

    follow(node, values) {
      while (node > TRUE && values.has(this.variables[node])) {
        node = this.children[this.starts[node] + values.get(this.variables[node])];
      }
      return node;
    }

    /** The variables tested on the way that `follow` goes. */
    path(node, values) {
      const tested = [];
      while (node > TRUE && values.has(this.variables[node])) {
        tested.push(this.variables[node]);
        node = this.children[this.starts[node] + values.get(this.variables[node])];
      }
      return tested;
    }

    /** Of the variables on the path, enough to decide the node by themselves. */
    needed(node, values) {
      const leaf = this.follow(node, values);
      let kept = new Map(this.path(node, values).map((variable) => [variable, values.get(variable)]));
      const order = Array.from(kept.keys()).sort(
        (one, other) => (kept.get(one) !== 0) - (kept.get(other) !== 0) || one - other);
      for (const variable of order) {
        const without = new Map(kept);
        without.delete(variable);
        if (this.forced(node, without, new Map()) === leaf) kept = without;
      }
      return Array.from(kept.keys());
    }

    /** The leaf to which every path with the fixed values leads; -1 where they differ. */
    forced(node, fixed, known) {
      if (node <= TRUE) return node;
      if (!known.has(node)) {
        const [variable, children] = [this.variables[node], this.childrenOf(node)];
        const ways = fixed.has(variable) ? [children[fixed.get(variable)]] : children;
        const leaves = new Set(ways.map((child) => this.forced(child, fixed, known)));
        known.set(node, leaves.size === 1 ? leaves.values().next().value : -1);
      }
      return known.get(node);
    }
  }

  // Rules

  /** The data, ready to walk. */
  function open(data) {
    const worked = { diagrams: new Diagrams(data), functions: figures ? figures(data.law) : {} };
    const rules = Object.assign({}, data, worked, { first: {}, byId: {}, most: new Map() });
    data.variables.forEach((variable, number) => {
      if (!(variable.name in rules.first)) rules.first[variable.name] = number;
    });
    data.questions.forEach((question) => { rules.byId[question.id] = question; });
    return rules;
  }

  // Answers as they are typed

  const refuse = (code, value, allowed = "") => ({ refused: code, value: String(value), allowed: String(allowed) });

  function earliestDay(today) {
    const [year, month, day] = days.parts(today);
    return days.write(year - OLDEST_YEARS, month, days.isDay(year - OLDEST_YEARS, month, day) ? day : 28);
  }

  /** What an address says, by question, as `read` takes it; a date may come in its three boxes. As guide/cases/case.py. */
  function typed(rules, parameters) {
    const found = {};
    for (const { id, type } of rules.questions) {
      const given = (name) => distinct(parameters.getAll(name).map((word) => word.trim()).filter(Boolean));
      const boxes = DATE_PARTS.map((part) => given(`${id}-${part}`).pop() || "");
      const words = given(id);
      const all = type === "date" && boxes.some(Boolean) ? [boxes.join("-")] : words;
      found[id] = all.length > 1 ? all : all[0];
    }
    return found;
  }

  const distinct = (words) => Array.from(new Set(words));

  /** `{answer}`, null answer where nothing is answered, or `{refused: code, value}`. Of a single word, or a list of them. */
  function read(rules, today, question, raw) {
    if (raw === undefined || raw === null || raw === "") return { answer: null };
    if (question.type === "many") return readMany(question, Array.isArray(raw) ? raw : String(raw).split(","));
    if (Array.isArray(raw) && distinct(raw).length > 1) return refuse("not-one", raw.join("、"));
    const word = String(raw);
    const text = days.plain(word);
    if (question.type === "date") return readDay(question, today, text);
    if (question.type === "number") return readNumber(question, text);
    return question.choices.some((choice) => choice.id === word) ? { answer: word } : refuse("unknown-choice", word);
  }

  function readMany(question, words) {
    const picked = distinct(words.map((word) => word.trim()).filter(Boolean));
    const known = question.choices.map((choice) => choice.id).concat(NONE);
    const unknown = picked.filter((id) => !known.includes(id)).sort();
    if (unknown.length) return refuse("unknown-choice", unknown.join("、"));
    if (picked.includes(NONE) && picked.length > 1) return refuse("none-and-others", picked.sort().join("、"));
    const answer = picked.filter((id) => id !== NONE);
    return { answer: question.least && !answer.length ? null : answer };
  }

  function readDay(question, today, text) {
    const { day, refused, value } = days.written(text);
    if (refused) return refuse(refused, value);
    if (day < earliestDay(today)) return refuse("too-early", day);
    if (day > (question.future ? LAST_DAY : today)) return refuse(question.future ? "too-late" : "in-future", day);
    return { answer: day };
  }

  function readNumber(question, text) {
    const found = /^(-?)(\d{1,15})(?:\.(\d{1,6}))?$/.exec(text);
    if (!found) return refuse("not-a-number", text);
    const fraction = (found[3] || "").replace(/0+$/, "");
    if (question.whole && fraction) return refuse("not-whole", text);
    if (fraction.length > 2) return refuse("too-fine", text);
    const number = (found[1] ? -1 : 1) * (Number(found[2]) * 100 + Number(fraction.padEnd(2, "0")));
    const [lowest, highest] = question.range;
    if (number < lowest) return refuse("too-low", text, lowest / 100);
    if (number > highest) return refuse("too-high", text, highest / 100);
    return { answer: number };
  }

  /** The id of the first band that fits; "" for a question without bands. */
  function bandOf(question, today, answer) {
    const found = (question.bands || []).find((band) => !band.kind || fits(band, today, answer));
    return found ? found.id : "";
  }

  function fits({ kind, limit }, today, answer) {
    if (kind === "year") return Number(answer.slice(0, 4)) === Number(today.slice(0, 4)) + limit;
    if (kind === "months") return limit.includes(Number(answer.slice(5, 7)));
    if (kind === "within_next") return answer <= (days.add(today, limit, {}) || "9999-12-31");
    if (Array.isArray(limit) && typeof answer === "string") {
      const end = days.add(answer, limit, {}) || "9999-12-31";
      return kind === "up_to" ? end >= today : end > today;
    }
    if (limit === undefined || typeof limit !== typeof answer) return false;
    return kind === "up_to" ? answer <= limit : answer < limit;
  }

  // Walking: a state is the nodes that are still undecided, with their sides

  function settled(rules, nodes, sides) {
    const left = nodes.filter((node) => node !== FALSE);
    const stopped = left.includes(TRUE);
    const kept = sides.map(() => TRUE);
    const { supports } = rules.diagrams;
    let active = stopped ? [] : left.reduce((all, node) => either(all, supports[node]), []);
    for (const [number, owned] of rules.owned) {
      if (has(active, number)) {
        for (const place of owned) {
          kept[place] = sides[place];
          active = either(active, supports[sides[place]]);
        }
      }
    }
    return { nodes: stopped ? [TRUE] : left, sides: kept, active, stopped };
  }

  function move(rules, state, values) {
    const follow = (node) => rules.diagrams.follow(node, values);
    return settled(rules, Array.from(new Set(state.nodes.map(follow))), state.sides.map(follow));
  }

  /** The first active variable; null where the walk has ended. */
  function nextVariable(state) {
    if (state.stopped || !state.active.some(Boolean)) return null;
    let number = 0;
    while (!has(state.active, number)) number += 1;
    return number;
  }

  /** Whether a question that is answered once may still be asked. */
  const mayAsk = (rules, state, id) => !state.stopped && has(state.active, rules.first[id]);

  const isOffered = (state, choice) => choice.side === undefined || state.sides[choice.side] !== FALSE;

  /** The ids of the choices offered; null for dates and numbers. */
  function offered(state, question) {
    return question.choices ? question.choices.filter((choice) => isOffered(state, choice)).map((choice) => choice.id) : null;
  }

  /** What the page of a question shows: of `many`, the choices that still matter. */
  function shown(rules, state, question) {
    if (question.type !== "many" || question.least) return offered(state, question);
    const matters = (choice, number) => has(state.active, rules.first[question.id] + number) && isOffered(state, choice);
    return question.choices.filter(matters).map((choice) => choice.id);
  }

  /** The only answer there can be, as a list of ids; null where there are several. */
  function forced(rules, state, question) {
    if (!question.choices) return null;
    const ids = shown(rules, state, question);
    const least = question.type === "many" ? question.least : 1;
    return ids.length <= least ? ids : null;
  }

  /** The values by variable that an answer (a list of ids) gives. */
  function valuesOf(rules, question, picked) {
    const first = rules.first[question.id];
    if (question.type === "many") {
      return new Map(question.choices.map((choice, number) => [first + number, picked.includes(choice.id) ? 1 : 0]));
    }
    return new Map([[first, picked.length ? rules.variables[first].values.indexOf(picked[0]) : 0]]);
  }

  /** The ids that an answer names; null where it counts as unanswered. */
  function picks(rules, today, question, ids, answer) {
    if (answer === undefined || answer === null) return null;
    if (!question.choices) return [bandOf(question, today, answer)];
    if (question.type !== "many") return ids.includes(answer) ? [answer] : null;
    const picked = ids.filter((id) => answer.includes(id));
    return (answer.length || question.least) && !picked.length ? null : picked;
  }

  function inputs(rules, of, answers) {
    const found = {};
    for (const name of of) {
      if (name.startsWith("$")) found[name.slice(1)] = rules.params[name.slice(1)];
      else found[name] = answers[name];
    }
    return found;
  }

  /** Replays usable answers from the first question on. `question` is the one asked next, `shown` its choices. */
  function walk(rules, answers, today) {
    const run = {
      rules, today, asked: [], used: {}, forced: {}, values: new Map(), question: null, shown: null,
      state: settled(rules, rules.start, rules.sides),
    };
    let number = nextVariable(run.state);
    while (number !== null && !run.question) {
      const variable = rules.variables[number];
      if (variable.kind === "computed") compute(run, variable, number);
      else step(run, rules.byId[variable.name], answers);
      number = nextVariable(run.state);
    }
    run.status = run.state.stopped ? "stopped" : run.question ? "asking" : "finished";
    return run;
  }

  function advance(run, values) {
    run.state = move(run.rules, run.state, values);
    values.forEach((value, variable) => run.values.set(variable, value));
  }

  function compute(run, variable, number) {
    const computed = run.rules.computed.find((entry) => entry.id === variable.name);
    const answers = Object.assign({}, run.used, run.forced);
    const found = computed.cases
      ? bandFound(run, computed, answers)
      : run.rules.functions[computed.by](run.today, inputs(run.rules, computed.of, answers));
    const result = variable.values.indexOf(found);
    if (result < 0) throw new Error(`${computed.by} gave what ${computed.id} doesn't list`);
    advance(run, new Map([[number, result]]));
  }

  // Amounts

  function bandFound(run, computed, answers) {
    const value = valueOf(run, computed, answers);
    return value === null ? "unknown" : amounts.band(computed.bands, value);
  }

  /** What the amount that counts comes to; null where that isn't known. */
  function valueOf(run, entry, answers) {
    const [amount] = entry.cases.find(([, when]) => holds(run, when)) || [null];
    return amount && amounts.workedOut(amount, run.today, run.rules.calendar, (part) => known(run, part, answers));
  }

  function known(run, [kind, name], answers) {
    if (kind === "named") return valueOf(run, run.rules.figures[name], answers);
    if (kind === "looked") return cell(run.rules.tables[name], run, answers);
    const answer = answers[name];
    if (answer === undefined || answer === null) return null;
    if (kind === "ticked") return amounts.whole(answer.length);
    return typeof answer === "number" ? amounts.fromHundredths(answer) : answer;
  }

  function cell(table, run, answers) {
    const keys = table.by.map((name) => keyIn(run, run.rules.byId[name], answers[name]));
    const found = table.cells.find(([path]) => path.every((key, place) => key === keys[place]));
    return found ? amounts.written(found[1]) : null;
  }

  /** What an answer is called in a table. */
  function keyIn(run, question, answer) {
    if (answer === undefined || answer === null) return "";
    if (question.bands) return bandOf(question, run.today, answer);
    return typeof answer === "number" ? String(answer / 100) : answer;
  }

  function step(run, question, answers) {
    const { rules, state } = run;
    let picked = forced(rules, state, question);
    if (picked !== null) {
      if (question.type === "many") run.forced[question.id] = picked;
      else if (picked.length) run.forced[question.id] = picked[0];
    } else {
      picked = picks(rules, run.today, question, stillOffered(run, question), answers[question.id]);
      if (picked === null) {
        run.question = question;
        run.shown = shown(rules, state, question);
        return;
      }
      run.asked.push(question.id);
      run.used[question.id] = question.type === "many" ? picked : answers[question.id];
    }
    advance(run, valuesOf(rules, question, picked));
  }

  /** Without the choices whose offer is decided against. */
  function stillOffered(run, question) {
    const ids = offered(run.state, question);
    if (ids === null) return null;
    const against = (choice) => choice.offer !== undefined && run.rules.diagrams.follow(choice.offer, run.values) === FALSE;
    const not = question.choices.filter(against).map((choice) => choice.id);
    return ids.filter((id) => !not.includes(id));
  }

  // Looking ahead

  const keyOf = ({ nodes, sides }) => `${nodes.slice().sort()} ${sides}`;

  /** The most questions still to answer from a state on, the next one included. */
  function most(rules, state) {
    const number = nextVariable(state);
    if (number === null) return 0;
    const key = keyOf(state);
    if (!rules.most.has(key)) {
      const asks = rules.variables[number].kind !== "computed" && forced(rules, state, questionOf(rules, number)) === null;
      const after = following(rules, state, number).map((next) => most(rules, next));
      rules.most.set(key, Number(asks) + Math.max(...after));
    }
    return rules.most.get(key);
  }

  const questionOf = (rules, number) => rules.byId[rules.variables[number].name];

  /** The states after each possible answer to what comes next. */
  function following(rules, state, number) {
    const { kind, values } = rules.variables[number];
    if (kind === "computed") return values.map((_value, place) => move(rules, state, new Map([[number, place]])));
    const question = questionOf(rules, number);
    const only = forced(rules, state, question);
    if (only === null && kind === "tick") return afterTicks(rules, state, question);
    const wishes = only === null ? (offered(state, question) || values).map((id) => [id]) : [only];
    return wishes.map((wish) => move(rules, state, valuesOf(rules, question, wish)));
  }

  /** The states after each set of ticks, tick by tick: sets that lead to the same are one. */
  function afterTicks(rules, state, question) {
    const ids = shown(rules, state, question);
    let nothing = { nodes: state.nodes, sides: state.sides };
    let layer = new Map([[keyOf(nothing), { step: nothing, times: 1 }]]);
    question.choices.forEach((choice, place) => {
      const below = new Map();
      for (const { step, times } of layer.values()) {
        for (const value of ids.includes(choice.id) ? [0, 1] : [0]) {
          const then = ticked(rules, step, rules.first[question.id] + place, value);
          const known = below.get(keyOf(then));
          below.set(keyOf(then), { step: then, times: times + (known ? known.times : 0) });
        }
      }
      nothing = ticked(rules, nothing, rules.first[question.id] + place, 0);
      layer = below;
    });
    if (question.least && layer.get(keyOf(nothing)).times === 1) layer.delete(keyOf(nothing));
    return Array.from(layer.values(), ({ step }) => settled(rules, step.nodes, step.sides));
  }

  function ticked(rules, step, number, value) {
    const follow = (node) => rules.diagrams.follow(node, new Map([[number, value]]));
    const nodes = Array.from(new Set(step.nodes.map(follow))).filter((node) => node !== FALSE);
    return nodes.includes(TRUE) ? { nodes: [TRUE], sides: step.sides.map(() => TRUE) } : { nodes, sides: step.sides.map(follow) };
  }

  // What is decided

  /** The node that the answers lead to, and the one from which they led there. */
  function followed(run, target) {
    const start = target[0];
    const leaf = run.rules.diagrams.follow(start, run.values);
    if (leaf > TRUE && target.length > 1 && run.status !== "stopped") {
      const other = run.rules.diagrams.follow(target[1], run.values);
      if (other <= TRUE) return [other, target[1]];
    }
    return [leaf, start];
  }

  /** Whether a target holds; null while that is open. */
  function decided(run, target) {
    const leaf = followed(run, target)[0];
    return leaf > TRUE ? null : leaf === TRUE;
  }

  const holds = (run, target) => decided(run, target) === true;

  function standing(run, item) {
    const applies = decided(run, item.applies);
    if (applies) return "applies";
    const counter = decided(run, item.counter);
    if (applies === null || counter === null) return "open";
    return counter ? "counter" : "not";
  }

  /** The questions that a variable stands for: itself, or what a computed value rests on. */
  function questionsOf(rules, variable) {
    const computed = rules.computed.find((entry) => entry.id === variable.name);
    return computed ? computed.of.filter((name) => !name.startsWith("$")) : [variable.name];
  }

  /** The asked questions whose answers decided these targets, in the order asked. */
  function because(run, targets) {
    const names = new Set();
    for (const target of targets) {
      for (const number of run.rules.diagrams.path(followed(run, target)[1], run.values)) {
        questionsOf(run.rules, run.rules.variables[number]).forEach((name) => names.add(name));
      }
    }
    return run.asked.filter((name) => names.has(name));
  }

  /** As few answers as suffice to decide these targets: [question, tick or null], in the order asked. */
  function reasons(run, targets) {
    const found = new Map();
    for (const target of targets) {
      for (const number of run.rules.diagrams.needed(followed(run, target)[1], run.values)) {
        const variable = run.rules.variables[number];
        const tick = variable.kind === "tick" ? variable.tick : null;
        questionsOf(run.rules, variable).forEach((name) => found.set(`${name} ${tick}`, [name, tick]));
      }
    }
    const known = Array.from(found.values()).filter(([name]) => name in run.used);
    return known.sort((one, other) => run.asked.indexOf(one[0]) - run.asked.indexOf(other[0]));
  }

  /** What a question's answer is: as given, or the only one that it could have; null where it isn't known. */
  function answerOf(run, name) {
    if (name in run.used) return run.used[name];
    const question = run.rules.byId[name];
    const follow = (node) => run.rules.diagrams.follow(node, run.values);
    if (question.type !== "choice" || follow(question.gate) !== TRUE) return null;
    const left = question.choices.filter((choice) => choice.offer === undefined || follow(choice.offer) !== FALSE);
    return left.length === 1 ? left[0].id : null;
  }

  /** What amounts have for an answer: of a `many` question also the only ticks that there can be. */
  function workedWith(run, name) {
    const question = run.rules.byId[name];
    if (name in run.used || question.type !== "many") return answerOf(run, name);
    const follow = (node) => run.rules.diagrams.follow(node, run.values);
    const left = question.choices.filter((choice) => choice.offer === undefined || follow(choice.offer) !== FALSE);
    const only = follow(question.gate) === TRUE && left.length <= (question.least || 0);
    return only ? left.map((choice) => choice.id) : null;
  }

  function figure(run, name) {
    const entry = run.rules.figures[name];
    const answers = {};
    entry.of.filter((of) => !of.startsWith("$")).forEach((of) => { answers[of] = workedWith(run, of); });
    if (entry.cases) return amounts.figure(valueOf(run, entry, answers), entry.unit);
    return run.rules.functions[entry.by](run.today, inputs(run.rules, entry.of, answers));
  }

  // The notice

  /** The variant that counts: the first whose condition holds. */
  function counting(run, variants) {
    return (variants || []).find((variant) => !variant.when || holds(run, variant.when)) || null;
  }

  function due(run, item) {
    const variant = counting(run, item.deadline);
    if (!variant) return null;
    const unsure = Boolean(variant.unsure || variant.local);
    const start = run.used[variant.start];
    if (variant.ends) return { within: null, day: endOf(start, variant.ends), calendar: true, unsure };
    const within = variant.figure ? spanOf(figure(run, variant.figure)) : variant.within || null;
    const [end, contested] = [within, variant.contested].map((span) => lastDay(run, start, span));
    const calendar = end.calendar && contested.calendar;
    return { within, day: end.day, calendar, unsure, contested: contested.day };
  }

  const lastDay = (run, start, span) =>
    (span && start ? days.lastDay(start, span, run.rules.calendar) : { day: null, calendar: true });

  /** The last day of the month or year of a day, or of a later one; a day that is fixed. */
  function endOf(start, ends) {
    if (typeof ends === "string") return ends;
    return start ? days.endOf(start, ends) : null;
  }

  function spanOf(found) {
    const unit = found && ["days", "months", "years"].find((name) => name in found);
    return unit ? [found[unit], unit] : null;
  }

  function toldItem(run, item) {
    const stands = standing(run, item);
    const targets = stands === "counter" || stands === "not" ? [item.applies, item.counter] : [item.applies];
    const words = {};
    Object.keys(item.words || {}).forEach((name) => {
      const said = counting(run, item.words[name]);
      if (said) words[name] = said;
    });
    return {
      item, id: item.id, standing: stands, words, targets,
      because: stands === "open" ? [] : because(run, targets),
      due: stands === "applies" || stands === "counter" ? due(run, item) : null,
    };
  }

  function addTo(need, told) {
    need.counter = need.counter && told.standing === "counter";
    if (!need.items.includes(told.id)) need.items.push(told.id);
  }

  // Papers: each alone, or several of which one is enough

  const paperOf = (line) => `${line.id} ${line.of || ""}`;

  /** How many originals and copies, as it is written. */
  const countsOf = (run, line) => [counting(run, line.originals) || { number: 1 }, counting(run, line.copies) || { number: 0 }];

  /** How many that comes to; for one, where the number of those who bring as many each isn't known. */
  const numberOf = (run, { number, per }) => (per in run.used ? number * Math.trunc(run.used[per] / 100) : number);

  function isForNobody(run, line) {
    const counts = countsOf(run, line);
    return counts.some(({ per }) => per) && !counts.some((count) => numberOf(run, count));
  }

  /** What an item asks for, in its order; nothing for persons that there are none of. */
  function askedFor(run, item) {
    const groups = new Map();
    (item.materials || []).forEach((line, number) => {
      if (!holds(run, line.when) || isForNobody(run, line)) return;
      const key = line.any_of ? `any of ${line.any_of.id}` : number;
      if (!groups.has(key)) groups.set(key, []);
      groups.get(key).push(line);
    });
    return Array.from(groups.values());
  }

  function materials(run, items) {
    const asked = [].concat(...items.map((told) => askedFor(run, told.item).map((lines) => [told, lines])));
    const [needs, first] = [new Map(), new Map()];
    for (const [told, lines] of asked) {
      const choice = lines.length > 1 ? lines.map(paperOf).sort().join("|") : null;
      for (const line of lines) {
        const place = choice || paperOf(line);
        const key = `${choice || ""}>${paperOf(line)}`;
        if (!needs.has(key)) {
          if (!first.has(place)) first.set(place, needs.size);
          const empty = {
            originals: 0, copies: 0, items: [], lines: [], waivers: [], askers: [], counts: [], counter: true,
          };
          needs.set(key, Object.assign({ id: line.id, of: line.of || null, choice, turn: first.get(place) }, empty));
        }
        addMaterial(run, needs.get(key), told, line);
      }
    }
    const found = Array.from(needs.values()).sort((one, other) => one.turn - other.turn);
    return found.map((need) => Object.assign(need, { group: groupOf(run, need) }));
  }

  /** Where a paper comes from: found at home, printed here, given on the way; or spared, where somebody confirmed it. */
  function groupOf(run, { choice, id, unsure, waivers }) {
    const [only, ...others] = Array.from(new Set(waivers));
    if (others.length || !only) return run.rules.materials[id].given ? "given" : "own";
    if (only === "made-here") return "print";
    if (only === "earlier-item") return "given";
    return unsure || choice || only === "e-certificate" ? "own" : "spared";
  }

  function addMaterial(run, need, told, line) {
    const counts = countsOf(run, line);
    const asked = counts.map((count) => numberOf(run, count));
    const waiver = waiverOf(run, line);
    need.originals = Math.max(need.originals, asked[0]);
    need.copies = Math.max(need.copies, asked[1]);
    need.lines.push(line);
    need.waivers.push(waiver.by);
    need.askers.push(told.id);
    need.counts.push(counts);
    need.unsure = need.unsure || [line, waiver].concat(counts).some((said) => said.unsure);
    addTo(need, told);
  }

  /** What replaces a paper, "" where nothing does; a single word counts whatever was answered. */
  function waiverOf(run, line) {
    if (!Array.isArray(line.waived)) return { by: line.waived || "" };
    return counting(run, line.waived) || { by: "" };
  }

  const personOf = (field) => field.split(".")[0];

  function fields(run, items) {
    const needs = new Map();
    for (const told of items) {
      for (const line of (told.item.fields || []).filter((entry) => holds(run, entry.when))) {
        if (!needs.has(line.id)) {
          const question = run.rules.fills[line.id];
          const value = question ? answerOf(run, question) : null;
          needs.set(line.id, { id: line.id, person: personOf(line.id), items: [], counter: true, value, question });
        }
        addTo(needs.get(line.id), told);
      }
    }
    const found = Array.from(needs.values());
    const persons = Array.from(new Set(Object.keys(run.rules.persons).concat(found.map((need) => need.person))));
    return found.sort((one, other) => persons.indexOf(one.person) - persons.indexOf(other.person));
  }

  /** How many of a person: a number, "form", or null. */
  function repeats(run, person) {
    const question = run.rules.repeat[person];
    if (question === undefined || question === "form") return question || null;
    return question in run.used ? Math.trunc(run.used[question] / 100) : null;
  }

  /** What separate handling would ask and what this asks, as [before, after]; over the items that apply. */
  function savings(rules, applying, needs, boxes) {
    const ids = applying.map((told) => told.id);
    const total = (all) => all.reduce((sum, need) => sum + need.items.filter((id) => ids.includes(id)).length, 0);
    const certain = (all) => all.filter((need) => !need.counter);
    const papers = certain(needs).filter((need, turn, all) => {
      return !need.choice || all.findIndex((other) => other.choice === need.choice) === turn;
    });
    const [many, one] = [ids.length, Math.min(ids.length, 1)];
    const [before, after] = rules.visits;
    return {
      visits: many ? [before === null ? many : before, after === null ? one : after] : [0, 0],
      forms: [many, one],
      materials: [total(papers), papers.length],
      fields: [total(certain(boxes)), certain(boxes).length],
    };
  }

  /** All that the walk tells so far. */
  function notice(run) {
    const stopped = run.status === "stopped";
    const items = stopped ? [] : run.rules.items.map((item) => toldItem(run, item));
    const doing = items.filter((told) => told.standing === "applies" || told.standing === "counter");
    const applying = items.filter((told) => told.standing === "applies");
    const own = (stopped ? [] : run.rules.notes).filter((note) => holds(run, note.when));
    const verdict = own.find((note) => note.verdict);
    const notes = own.filter((note) => !note.verdict).concat(...applying.map((told) => told.item.notes || []));
    const [needs, boxes] = [materials(run, doing), fields(run, doing)];
    return {
      items, applying,
      counter: items.filter((told) => told.standing === "counter"),
      not: items.filter((told) => told.standing === "not"),
      open: items.filter((told) => told.standing === "open"),
      materials: needs,
      contests: rivals ? rivals.contests(run, items, holds, decided) : [],
      fields: boxes,
      savings: savings(run.rules, applying, needs, boxes),
      verdict: verdict || null,
      visits: visits(run.rules, applying),
      notes: (verdict ? [verdict] : []).concat(notes.filter((note) => holds(run, note.when))),
      stops: stopped ? run.rules.stops.filter((stop) => holds(run, stop.when)) : [],
      joint: stopped ? null : decided(run, run.rules.joint),
      same: run.rules.same.filter((entry) => holds(run, entry.when)),
      code: run.status === "asking" ? null : codes.encode(run.rules, run.used),
    };
  }

  root.Offline = {
    bandOf, figure, mayAsk, most, notice, numberOf, open, read, reasons, repeats, typed, walk,
  };
  if (inNode) module.exports = root.Offline;
})(typeof globalThis === "object" ? globalThis : self);
