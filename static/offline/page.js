/* The offline page: questions, notice and form of one bundle. What is answered stands in the address, for Back and reload; what is
   typed into the form lies in `state` and nowhere else. */
(function (root) {
  "use strict";

  const { most, open, read, walk } = root.Offline;
  const { decode } = root.OfflineCodes;
  const { chinese, isPair, official, own, paired, speech } = root.OfflineWords;
  const { telling } = root.OfflineTelling;
  const { check, derived } = root.OfflineChecks;
  const GROUP = 4;
  const MOST_PERSONS = 50;
  const MOST_SHOWN = 60;
  const MOST_ADDRESS = 20000;
  const AGAIN = 500; // milliseconds
  const NEAR = 20; // pixels
  const WIDE = ["address", "long"];
  const KEYPADS = { number: "decimal", money: "decimal", phone: "tel", "bank-account": "numeric", postcode: "numeric" };

  // The data

  const data = paired(root.OfflineUnpacked("data"), document.querySelector("noscript").textContent);
  const rules = open(data.rules);
  const { phrases } = data;
  const words = speech(rules, phrases);
  const { put } = words;
  const empty = () => ({ view: "start", answers: {}, before: {}, change: null, draft: null, code: "", region: "", typed: {}, counts: {},
    rows: {}, direct: false, wrong: {}, problem: "", said: "" });
  let state = empty();
  let inChinese = false;

  /** The rules' day, or today where that is later: a clock that is wrong may be behind. */
  function today() {
    const now = new Date();
    const day = root.OfflineDays.write(now.getFullYear(), now.getMonth() + 1, now.getDate());
    return day > rules.today ? day : rules.today;
  }

  // Elements

  /** A text as it is shown: its own language above, the Chinese beneath. */
  function shown(text) {
    if (!isPair(text) || inChinese) return chinese(text);
    const [said, beneath] = [own(text), chinese(text)];
    if (said === beneath) return said;
    return h("span", { class: "pair" }, h("span", { lang: data.tag }, said), " ", h("span", { lang: "zh-Hans" }, beneath));
  }

  /** In places that hold plain text only. */
  const line = (text) => (!isPair(text) || inChinese ? chinese(text) : `${own(text)} · ${chinese(text)}`);

  function h(name, attributes, ...children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
    }
    for (const child of children.flat()) {
      if (child !== null && child !== undefined && child !== "" && child !== false) {
        element.append(typeof child === "string" ? shown(child) : child);
      }
    }
    return element;
  }

  const button = (text, click, look) => h("button", { type: "button", class: look || null, click }, text);
  const heading = (text) => h("h1", { tabindex: -1 }, text);
  const unsure = (flag) => flag && h("span", { class: "mark", role: "img", "aria-label": phrases.mark }, "※");
  const because = (reasons) => reasons.length > 0 && h("p", { class: "reason" }, phrases.because, words.together(reasons));

  // Moving

  /** To a view, which gets an entry of its own in the history where its address is another. */
  function go(view, changes) {
    turnTo(view, changes);
    const address = addressOf(state);
    if (address === here) return;
    here = address;
    push(address);
  }

  function turnTo(view, changes) {
    state = Object.assign({}, state, { change: null, draft: null, direct: false, problem: "", wrong: {}, said: "" }, changes, { view });
    render();
    window.scrollTo(0, 0);
    (document.querySelector("#page .error-summary") || document.querySelector("#page h1")).focus({ preventScroll: true });
  }

  function wipe() {
    state = empty();
    turnTo("start", { said: phrases.wiped });
    forget();
  }

  let touched = false;
  let click = { timeStamp: -AGAIN };
  for (const event of ["input", "change"]) document.addEventListener(event, () => { touched = true; }, true);

  // A double click is one: the next question must not take the second, at the same place, for its answer
  document.addEventListener("click", (event) => {
    if (!event.detail || !event.target.closest("#page button")) return;
    const apart = Math.hypot(event.clientX - click.clientX, event.clientY - click.clientY) > NEAR;
    const again = !touched && !apart && event.timeStamp - click.timeStamp < AGAIN;
    click = event;
    touched = false;
    if (again) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  /** The walk so far; while an answer is changed, the walk up to its question. */
  function walked(change) {
    const answers = Object.assign({}, state.answers);
    if (change) delete answers[change];
    const run = walk(rules, answers, today());
    return change && (!run.question || run.question.id !== change) ? walked(null) : run;
  }

  /** To the next question, or to the notice where none is left. */
  function onward(changes) {
    state = Object.assign({}, state, changes);
    go(walked(null).status === "finished" ? "notice" : "ask");
  }

  // Start

  function start() {
    return [
      state.said && h("p", { class: "message", role: "status" }, state.said),
      problem(),
      heading(rules.title), data.summary && h("p", { class: "lead" }, data.summary),
      h("p", {}, phrases.private),
      h("p", { class: "actions" }, button(phrases.start, () => onward())),
      h("details", { open: Boolean(state.code) }, h("summary", {}, phrases.with_code),
        h("form", { novalidate: true, autocomplete: "off", submit: openCode },
          h("div", { class: state.problem ? "box wrong" : "box" },
            h("label", { for: "code" }, phrases.code), h("p", { class: "hint", id: "code-hint" }, phrases.code_hint),
            h("input", { id: "code", name: "code", class: "code", value: state.code, autocomplete: "off", autocapitalize: "characters",
              spellcheck: "false", "aria-describedby": "code-hint", "aria-invalid": state.problem ? "true" : null })),
          h("p", { class: "actions" }, h("button", { type: "submit", class: "quiet" }, phrases.open)))),
      h("p", { class: "hint" }, phrases.browsers),
    ];
  }

  const problem = () =>
    state.problem && h("div", { class: "error-summary", tabindex: -1, role: "alert" }, h("p", {}, state.problem));

  function openCode(event) {
    event.preventDefault();
    const code = event.target.elements.code.value;
    const found = decode(rules, code);
    if (found.wrong) return go("start", { code, problem: codeProblem(found) });
    const answers = usable((question) => found.answers[question.id]);
    return onward(Object.assign(empty(), { answers, code, region: found.region }));
  }

  /** What is wrong with a code, as guide/cases/codes.py says it. */
  function codeProblem({ wrong, text, places }) {
    const each = (found) => Array.from(new Set(found));
    const letters = Array.from(text || "");
    const groups = each(places.map((place) => Math.floor(place / GROUP) + 1));
    const values = {
      where: words.together(groups.map((number) => put("code_group", { number }))),
      characters: each(places.map((place) => letters[place])).join(" ").slice(0, MOST_SHOWN),
      count: letters.length,
    };
    const name = `code_${wrong === "check" && !groups.length ? "check_all" : wrong}`;
    return put(name in phrases ? name : "code_answers", values);
  }

  /** Those answers that the questions take. */
  function usable(typed) {
    const found = {};
    for (const question of rules.questions) {
      const { answer } = read(rules, today(), question, typed(question));
      if (answer !== null && answer !== undefined) found[question.id] = answer;
    }
    return found;
  }

  // Questions

  function ask() {
    const run = walked(state.change);
    if (run.status === "stopped") return stopped(run);
    if (!run.question) return notice(run);
    const { question } = run;
    const sheet = people && people.sheetFor(state.answers, question);
    if (sheet && people.asks(run, sheet)) return people.view(run, sheet);
    return [
      back(run),
      problem(),
      h("p", { class: "progress" }, progress(run)),
      asked(run, heading(question.ask)),
      sheet && h("p", {}, button(put("by_table", { ask: sheet.table.ask }), () => go("ask", { answers: sheet.before }), "back")),
      known(run),
    ];
  }

  function asked(run, title) {
    const { question } = run;
    return h("form", { class: "question", novalidate: true, autocomplete: "off", submit: (event) => submit(event, run) },
      question.section && h("p", { class: "section" }, question.section),
      h("fieldset", { role: question.type === "many" || !question.choices ? null : "radiogroup" },
        h("legend", {}, title),
        question.hint && h("p", { class: "hint" }, question.hint),
        question.choices ? choices(run) : question.type === "date" ? dateBoxes(question) : numberBox(question)),
      question.why && h("details", {}, h("summary", {}, phrases.why), h("p", {}, question.why)),
      h("p", { class: "actions" }, h("button", { type: "submit" }, phrases.go_on)));
  }

  function progress(run) {
    const more = most(rules, run.state) - 1;
    return put(more ? "progress" : "last", { number: run.asked.length + 1, more });
  }

  function back(run) {
    const last = run.asked[run.asked.length - 1];
    const to = last ? () => go("ask", { change: last }) : () => go("start");
    return h("p", {}, button(last ? phrases.back : phrases.to_start, to, "back"));
  }

  /** The answer, or the one that was given before somebody went back. */
  const answered = ({ id }) => (id in state.answers ? state.answers : state.before)[id];

  function choices(run) {
    const { question } = run;
    const many = question.type === "many";
    const given = answered(question);
    const picked = given === undefined ? [] : [].concat(many && !given.length ? "none" : given);
    const row = (id, label, hint, alone) => h("label", { class: alone ? "choice apart" : "choice" },
      h("input", { type: many ? "checkbox" : "radio", name: question.id, value: id, checked: picked.includes(id),
        "data-alone": alone, change: many ? putOut : null }),
      h("span", {}, label, hint && h("small", {}, hint)));
    const rows = question.choices.filter((choice) => run.shown.includes(choice.id))
      .map((choice) => row(choice.id, choice.label, choice.hint, false));
    return many && !question.least ? rows.concat(row("none", question.none || phrases.none, "", true)) : rows;
  }

  /** "None of these" and the others put each other out. */
  function putOut({ target }) {
    if (!target.checked) return;
    for (const other of target.form.querySelectorAll("input:checked")) {
      if (other !== target && ("alone" in other.dataset || "alone" in target.dataset)) other.checked = false;
    }
  }

  function dateBoxes(question) {
    const parts = (answered(question) || "--").split("-");
    const box = (name, place, size) => h("label", {}, phrases[name],
      h("input", { name: `${question.id}-${place}`, size, inputmode: "numeric", autocomplete: "off", value: parts[place] }));
    return h("div", { class: "date" }, box("year", 0, 4), box("month_box", 1, 2), box("day_box", 2, 2));
  }

  function numberBox(question) {
    const given = answered(question);
    return h("label", { class: "number" }, question.unit || question.ask,
      h("input", { name: question.id, inputmode: "decimal", autocomplete: "off", value: given === undefined ? "" : given / 100 }));
  }

  /** What the form says, as `read` takes it; undefined where nothing is answered. */
  function rawOf(question, form) {
    const inputs = Array.from(form.querySelectorAll("fieldset input"));
    if (question.type === "date") {
      const parts = inputs.map((input) => input.value.trim());
      return parts.some(Boolean) ? parts.join("-") : undefined;
    }
    if (question.type === "number") return inputs[0].value.trim() || undefined;
    const picked = inputs.filter((input) => input.checked).map((input) => input.value);
    if (question.type === "many") return picked.length ? picked : undefined;
    return picked[0];
  }

  function submit(event, { question }) {
    event.preventDefault();
    const { answer, refused, value, allowed } = read(rules, today(), question, rawOf(question, event.target));
    const again = (said) => go("ask", { change: state.change, draft: drafted(), direct: true, problem: said });
    if (refused) return again(put(`refused_${refused}`, Object.assign({ ask: question.ask, value, allowed }, dayOf(value))));
    if (answer === null) return again(nothing(question));
    return onward({ answers: Object.assign({}, state.answers, { [question.id]: answer }) });
  }

  /** Year, month and day of a value that no calendar has, for the words that say so. */
  function dayOf(value) {
    const [year, month, day] = value.split("-");
    return { year, month, day };
  }

  const questionBoxes = () => Array.from(document.querySelectorAll("form.question fieldset input"));
  const ticks = (input) => input.type === "radio" || input.type === "checkbox";

  /** What stands in the boxes of the question, for the boxes of the next view of it. */
  const drafted = () => questionBoxes().map((input) => (ticks(input) ? input.checked : input.value));

  function putBack(draft) {
    questionBoxes().forEach((input, place) => { input[ticks(input) ? "checked" : "value"] = draft[place]; });
  }

  const nothing = ({ type }) => phrases[`nothing_${type}`] || phrases.nothing_choice;

  function stopped(run) {
    const told = telling(run, words, phrases);
    const stop = (row) => [
      h("div", { class: "message" }, h("p", { class: "lead" }, row.tell, row.unsure && h("span", { class: "unsure" }, phrases.unsure))),
      row.instead && [h("h2", {}, phrases.instead), h("p", {}, row.instead)],
    ].flat();
    return [
      back(run), heading(phrases.stopped), told.stops.map(stop).flat(), h("p", {}, phrases.not_so),
      h("h2", {}, phrases.answers), answers(told),
    ].flat();
  }

  // The growing list

  function known(run) {
    const told = telling(run, words, phrases);
    const row = (look, before, after) => ({ name }) => h("li", { class: look }, before && h("span", { class: "unseen" }, before),
      name, after && h("small", {}, after));
    return h("aside", { class: "growing" },
      h("h2", {}, phrases.known),
      h("ul", {}, told.applying.map(row("does", phrases.does)), told.counter.map(row("may", "", phrases.by_counter_item)),
        told.not.map(row("not", phrases.does_not))),
      told.open > 0 && h("p", { class: "hint" }, put("still_open", { open: told.open })),
      told.materials.length > 0 && h("details", {}, h("summary", {}, put("so_far", { number: told.materials.length })),
        h("ul", { class: "plain" }, told.materials.map((entry) => h("li", {}, shortName(entry))))),
      told.answers.length > 0 && h("details", {}, h("summary", {}, phrases.answers), answers(told)));
  }

  const shortName = ({ name, choices }) => (choices.length ? words.either(choices.map((choice) => choice.name)) : name);

  function answers(told) {
    return h("dl", { class: "values" }, told.answers.map(([question, said]) => h("div", {}, h("dt", {}, question.ask), h("dd", {}, said,
      " ", h("button", { type: "button", class: "change", "aria-label": `${line(phrases.change)} ${line(question.ask)}`,
        click: () => go("ask", { change: question.id }) }, phrases.change)))));
  }

  // The notice

  function notice(run) {
    const told = telling(run, words, phrases);
    const card = firstWords(told.answer);
    const saved = told.applying.length > 0 && savings(told);
    const rest = [
      visits(told), counterItems(told.counter),
      materials(h("h2", { id: "bring" }, phrases.bring), phrases.once, told.materials), materials(h("h2", {}, phrases.bring_too), "", told.asked),
      told.own.length > 0 && [h("h2", {}, phrases.mind), notes(told.own)],
    ].flat(3);
    return [
      back(run), h("p", { class: "hint" }, phrases.title), heading([told.answer.verdict, " ", unsure(told.answer.verdictUnsure)]),
      told.answer.lead && h("p", { class: "lead" }, told.answer.lead), told.joint && h("p", { class: "lead" }, told.joint),
      card,
      h("p", { class: "actions" }, told.notice.fields.length > 0 && button(phrases.fill_form, () => go("form")),
        button(phrases.print, () => window.print(), "quiet")),
      marks([card, saved].concat(rest)), rest, halls(), caseCode(told.code), unneeded(told),
      h("h2", {}, phrases.answers), answers(told), saved,
      h("p", { class: "hint" }, put("sorted_out", { day: words.day(today()), number: told.answers.length })),
    ].flat();
  }

  /** The card of a notice: the most urgent day, what comes first, how much to bring. */
  function firstWords({ bring, first, firstUnsure, lead, sign, trip, urgent, what }) {
    if (!first) return null;
    const row = (label, ...said) => h("div", {}, h("dt", {}, label), h("dd", {}, said));
    const papers = [bring && put("bring_number", { number: bring }), sign && put("sign_number", { number: sign })].filter(Boolean);
    return h("dl", { class: "card values", "aria-label": line(phrases.answer) },
      urgent ? row(phrases.latest, h("b", {}, urgent.day), " ", h("span", { class: urgent.past ? "error" : "tag" }, urgent.left), " ",
        unsure(urgent.unsure), h("small", {}, urgent.item)) : !lead && row(phrases.when, h("b", {}, phrases.now)),
      row(trip ? phrases.first : phrases.first_home, h("b", {}, first), " ", unsure(firstUnsure), what && h("small", {}, what)),
      row(phrases.bring_it, h("b", {}, papers.length ? words.together(papers) : phrases.bring_nothing)));
  }

  /** How many marks there are in these parts, and what to do about them. */
  function marks(parts) {
    const number = parts.reduce((sum, node) => sum + (node && node.querySelectorAll ? node.querySelectorAll(".mark").length : 0), 0);
    return number > 0 && h("p", { class: "hint" }, put("marks", { number }), " ", h("a", { href: "tel:12345" }, "12345"));
  }

  const notes = (rows) => h("ul", { class: "notes" }, rows.map((note) => h("li", {}, note.text, " ", unsure(note.unsure))));

  function savings(told) {
    const figures = {};
    for (const name of ["visits", "forms", "materials", "fields"]) [figures[name], figures[`few_${name}`]] = told.savings[name];
    return h("p", { class: "hint" }, put("saved_apart", figures), " ", put("saved_here", figures), " ", unsure(rules.visits_unsure));
  }

  const fact = (label, text, flag) => h("div", {}, h("dt", {}, label), h("dd", {}, text, unsure(flag)));

  const mind = (rows) => rows.length > 0 && [notes(rows.slice(0, 1)),
    rows.length > 1 && h("details", {}, h("summary", {}, put("mind_more", { number: rows.length - 1 })), notes(rows.slice(1)))];

  /** What is done, and folded how; `apart` where it says itself where that is. */
  function item(row, apart) {
    const facts = row.facts.filter((entry) => (row.follows || entry !== row.fee) && (apart || entry.name !== "where"));
    return h("div", { class: "matter" },
      h("b", {}, row.follows && "✓ ", row.name), " ", row.wish && h("span", { class: "tag" }, phrases.wish), unsure(row.unsure),
      h("p", {}, row.follows ? phrases.follows : row.fee && [row.fee.text, " ", unsure(row.fee.unsure)], " ",
        row.deadline && [phrases.latest, " ", row.deadline, " ", unsure(row.deadlineUnsure)]),
      row.contests.map((contest) => h("p", {}, contest.text, " ", unsure(contest.unsure))),
      h("details", {}, h("summary", {}, phrases.fact_how), because(row.reasons),
        h("dl", { class: "values" }, row.department && fact(phrases.department, row.department),
          facts.map((entry) => fact(entry.label, entry.text, entry.unsure)))));
  }

  /** The places in the order in which one goes there. */
  function visits(told) {
    const rows = told.visits;
    if (!rows.length) return [];
    const atOnce = told.notice.joint && rows.length > 1;
    const visit = (row) => h("section", { class: "card" },
      h("h3", {}, `${row.number}. `, row.place, " ", unsure(row.where && row.where.unsure)),
      (row.when || row.order) && h("p", {}, h("b", {}, row.when || row.order), " ", unsure(row.whenUnsure)),
      row.where ? row.where.text !== row.place && h("p", {}, row.where.text) : row.unknown && h("p", {}, phrases.no_address),
      row.entries.map(({ id }) => item(told.applying.find((one) => one.id === id), !row.where)),
      row.take && !row.follows && h("p", {}, h("b", {}, phrases[row.trip ? "take_here" : "take_home"]), "　", row.take), mind(row.notes));
    const first = atOnce && h("section", { class: "card" }, h("h2", {}, phrases.at_once, " ", unsure(rules.visits_unsure)), h("p", {}, phrases.at_once_ask));
    return [first, h("h2", {}, phrases[atOnce ? "doing_joint" : rows.length > 1 ? "doing" : "doing_once"])].concat(rows.map(visit));
  }

  const counterItems = (rows) => (rows.length ? [h("h2", {}, put("counter_items", { number: rows.length }))].concat(
    rows.map((row) => h("section", { class: "card" }, item(row, true)))) : []);

  const GROUPS = ["own", "print", "given", "spared"];

  /** Papers by where they come from. */
  function materials(title, hint, rows) {
    if (!rows.length) return [];
    const small = (text) => text && h("small", {}, text);
    const said = new Set(); // a hint stands at the first paper that it is about
    const fresh = (text) => Boolean(text) && !said.has(text) && Boolean(said.add(text));
    const about = (entry) => [h("b", {}, entry.name), " ", unsure(entry.unsure), " ",
      h("small", {}, entry.count, entry.each > 1 && h("span", { class: "tag" }, put("each", { number: entry.each }))),
      ["own", "spared"].includes(entry.group) && small(entry.waiver), [entry.hint].concat(entry.notes).filter(fresh).map(small)].flat();
    const row = (entry) => h("li", {}, about(entry), small(entry.used),
      entry.choices.length > 0 && h("ul", { class: "any-of" }, entry.choices.map((choice) => h("li", {}, about(choice)))));
    const group = (name) => {
      const found = rows.filter((entry) => entry.group === name);
      if (!found.length) return [];
      const anyway = name === "own" && found.some(({ waiver }) => waiver);
      return [h("h3", {}, phrases[`group_${name}`], " ", h("small", {}, put("pieces", { number: found.length }))),
        h("ul", { class: name === "spared" ? "materials spared" : "materials" }, found.map(row)), anyway && h("p", { class: "hint" }, phrases.take_anyway)];
    };
    return [title, hint && h("p", { class: "hint" }, hint)].concat(...GROUPS.map(group));
  }

  function unneeded(told) {
    if (!told.not.length) return [];
    return [h("h2", {}, put("not_needed", { number: told.not.length })),
      h("dl", { class: "values" }, told.not.map((row) =>
        fact(row.name, row.beaten ? words.together(row.reasons) : because(row.reasons) || "–")))];
  }

  function halls() {
    if (!data.halls.length) return [];
    return [h("h2", {}, phrases.fact_where)].concat(data.halls.map((hall) => h("section", { class: "card" }, h("h3", {}, hall.name),
      hall.lines.map((text) => h("p", {}, text)),
      h("p", {}, phrases.phone, " ", h("a", { href: `tel:${hall.phone}` }, hall.phone)))));
  }

  function caseCode(code) {
    return h("section", { class: "card case" }, qr(data.code_address + code),
      h("div", {}, h("h2", {}, phrases.code), h("p", { class: "code" }, code), h("p", {}, phrases.code_use)));
  }

  /** A QR code as a picture that scales: one square a dark module, four light ones around. */
  function qr(text) {
    const code = root.OfflineQr.generate(text, { minCorrectionLevel: root.OfflineQr.correction.M });
    const squares = [];
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) squares.push(`M${x} ${y}h1v1h-1z`);
    }
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    const attributes = { viewBox: `-4 -4 ${code.size + 8} ${code.size + 8}`, class: "qr", role: "img", "aria-label": line(phrases.code_picture) };
    Object.entries(attributes).forEach(([name, value]) => svg.setAttribute(name, value));
    path.setAttribute("d", squares.join(""));
    svg.append(path);
    return svg;
  }

  // The form

  /** The boxes of each person, as guide/form/boxes.py groups them. */
  function blocks(told) {
    const persons = Array.from(new Set(told.fields.map((need) => need.person)));
    return persons.map((person) => personBlocks(told, person)).flat();
  }

  function personBlocks(told, person) {
    const repeated = root.Offline.repeats(told.run, person);
    const byForm = repeated === "form";
    const wanted = byForm ? state.counts[person] || (people ? people.number(told.run, person) : 0) : repeated;
    const number = Math.min(Math.max(wanted || 1, 1), MOST_PERSONS);
    const name = rules.persons[person] || person;
    const same = told.same.find((entry) => entry.person === person);
    return Array.from({ length: number }, (_none, place) => ({
      person, same: same ? same.other : "", byForm, number, turn: place + 1,
      title: number === 1 ? name : put("turn", { person: name, turn: place + 1 }),
      boxes: told.fields.filter((need) => need.person === person).map((need) => ({
        name: nameOf(need, place + 1), turn: place + 1, need, entry: rules.fields[need.id], same: same ? same.other : "",
      })),
    }));
  }

  const nameOf = ({ id }, turn) => (turn > 1 ? `${id}~${turn}` : id);

  /** To the form with one person more, or one of them out; on in the first box of who is there now. */
  function count(group, number, turn, typed) {
    go("form", { counts: Object.assign({}, state.counts, { [group.person]: number }), typed });
    document.getElementById(nameOf(group.boxes[0].need, turn)).focus();
  }

  function oneMore(group) {
    keep();
    count(group, group.number + 1, group.number + 1, withRows());
  }

  /** What rows of a table put into boxes. */
  const fromRows = () => (people ? people.boxes(walked(null)) : {});

  /** What was typed, and what rows had put there: with a person more or less, nothing else comes from rows. */
  const withRows = () => Object.assign(fromRows(), state.typed);

  /** Takes a person out; those after them move up. */
  function takeOut(group) {
    keep();
    const typed = withRows();
    for (const { need } of group.boxes) {
      for (let turn = group.turn; turn <= group.number; turn += 1) {
        for (const mark of ["", "!"]) {
          const after = typed[nameOf(need, turn + 1) + mark];
          if (after === undefined) delete typed[nameOf(need, turn) + mark];
          else typed[nameOf(need, turn) + mark] = after;
        }
      }
    }
    count(group, group.number - 1, Math.min(group.turn, group.number - 1), typed);
  }

  /** What an answer puts into a box: official words, in Chinese, as the form is read by clerks. */
  function given(need) {
    if (need.value === null || need.value === undefined) return "";
    const question = rules.byId[need.question];
    if (!question.choices) return String(question.type === "number" ? need.value / 100 : need.value);
    const picked = [].concat(need.value);
    return question.choices.filter((choice) => picked.includes(choice.id)).map(official).filter(Boolean).join("、");
  }

  /** What stands in each box: what was typed, else what a row, an answer or another box gives. */
  function filled(boxes) {
    const values = {};
    const told = Object.assign(fromRows(), state.typed);
    for (const { name, need } of boxes) values[name] = name in told ? told[name] : given(need);
    for (let round = 0, changed = true; changed && round < boxes.length; round += 1) {
      changed = false;
      for (const box of boxes.filter(({ name }) => !values[name])) {
        values[box.name] = taken(box, values) || (box.same && copied(box, `${box.same}.${box.need.id.split(".")[1]}`, values)) || "";
        changed = changed || Boolean(values[box.name]);
      }
    }
    return values;
  }

  function taken({ name, entry, turn }, values) {
    if (!entry.derived) return "";
    const [field, take, on] = entry.derived;
    const turned = (id) => (`${id}~${turn}` in values ? `${id}~${turn}` : id);
    const source = turned(field);
    if (take === "same") return copied({ name }, source, values);
    return derived(take, values[source] || "", today(), on ? values[turned(on)] || "" : today());
  }

  /** What stands in the source; of a paper's number and kind both or none. */
  function copied({ name }, source, values) {
    const [mine, theirs] = [values[otherHalf(name)], values[otherHalf(source)]];
    return mine && otherHalf(source) && mine !== theirs ? "" : values[source] || "";
  }

  /** The box for what paper it is of which this box takes the number, and back. */
  const otherHalf = (name) => name.includes("id_number") ? name.replace("id_number", "id_type")
    : name.includes("id_type") ? name.replace("id_type", "id_number") : "";

  function form() {
    const run = walked(null);
    if (run.status !== "finished") return ask();
    const told = Object.assign(telling(run, words, phrases).notice, { run });
    const groups = blocks(told);
    const boxes = groups.map((group) => group.boxes).flat();
    const values = filled(boxes);
    return [
      h("p", {}, button(phrases.to_notice, () => { keep(); go("notice"); }, "back")),
      Object.keys(state.wrong).length > 0 && mistakes(boxes),
      heading(phrases.form), h("p", { class: "print-only" }, rules.title),
      h("p", { class: "hint" }, put("boxes", { count: boxes.length })),
      h("form", { class: "joint", novalidate: true, autocomplete: "off", submit: (event) => finish(event, boxes) },
        groups.map((group) => fieldset(group, values)),
        h("p", { class: "signing" }, phrases.signed, "　　　　　　　　　　", phrases.dated),
        h("p", { class: "actions" }, h("button", { type: "submit" }, phrases.print_form))),
      h("section", { class: "print-only" }, caseCode(told.code)),
    ];
  }

  function mistakes(boxes) {
    const wrong = boxes.filter(({ name }) => state.wrong[name]);
    return summary(wrong.map(({ name, entry }) => [name, entry.label, " ", state.wrong[name]]));
  }

  /** What is wrong in boxes, each with the name of its box and words. */
  function summary(lines) {
    return h("div", { class: "error-summary", tabindex: -1, role: "alert" }, h("h2", {}, phrases.mend),
      h("ul", {}, lines.map(([name, ...said]) => h("li", {}, h("a", { href: `#${name}`, click: (event) => {
        event.preventDefault();
        document.getElementById(name).focus();
      } }, said)))));
  }

  function fieldset(group, values) {
    const other = group.same && put("same", { other: rules.persons[group.same] || group.same });
    return h("fieldset", { class: "person" }, h("legend", {}, h("h2", {}, group.title)), other && h("p", { class: "hint" }, other),
      h("div", { class: "boxes" }, group.boxes.map((box) => formBox(box, values[box.name]))),
      group.byForm && h("p", { class: "actions" },
        group.turn === group.number && group.number < MOST_PERSONS && button(put("more", { person: group.title }), () => oneMore(group), "quiet"),
        group.number > 1 && button(put("fewer", { person: group.title }), () => takeOut(group), "quiet")));
  }

  function formBox({ name, entry }, value) {
    const wrong = state.wrong[name];
    const sure = `${name}!`;
    const about = [entry.hint, entry.optional && phrases.optional].filter(Boolean);
    const hintId = about.length ? `${name}-hint` : "";
    const described = [hintId, wrong ? `${name}-error` : ""].filter(Boolean).join(" ");
    const attributes = { id: name, name, autocomplete: "off", "aria-describedby": described || null, "aria-invalid": wrong ? "true" : null };
    return h("div", { class: `box${WIDE.includes(entry.type) ? " wide" : ""}${wrong ? " wrong" : ""}` },
      h("label", { for: name }, entry.label),
      about.length > 0 && h("p", { class: "hint", id: hintId }, about.map((text) => h("span", {}, text))),
      wrong && h("p", { class: "error", id: `${name}-error` }, wrong),
      control(entry, attributes, value),
      entry.type === "name" && (wrong || sure in state.typed) && h("label", { class: "choice" },
        h("input", { type: "checkbox", name: sure, checked: sure in state.typed }), phrases.as_printed));
  }

  function control(entry, attributes, value) {
    if (entry.type === "signature") return h("input", Object.assign({}, attributes, { readonly: true, class: "by-hand" }));
    const limits = Object.assign({}, attributes, { maxlength: entry.max || 2000 });
    if (entry.type === "long") {
      const area = h("textarea", Object.assign(limits, { rows: 3 }));
      area.value = value;
      return area;
    }
    if (entry.options) {
      const options = [["", phrases.choose]].concat(entry.options);
      const mark = ({ target }) => target.toggleAttribute("data-empty", !target.value);
      return h("select", Object.assign({ "data-empty": !value, change: mark }, attributes), options.map(([id, label]) => {
        const option = h("option", { value: id, selected: id === value });
        option.textContent = line(label);
        return option;
      }));
    }
    return h("input", Object.assign(limits, { value, inputmode: KEYPADS[entry.type] || null }));
  }

  /** Keeps what stands in the boxes, but not what was derived, so that it follows its source. */
  function keep() {
    const typed = Object.assign({}, state.typed);
    for (const input of document.querySelectorAll(".joint [name]")) {
      if (input.type === "checkbox") typed[input.name] = input.checked ? "1" : "";
      else if (input.value !== input.dataset.was || input.name in typed) typed[input.name] = input.value;
      if (!typed[input.name]) delete typed[input.name];
    }
    const code = document.getElementById("code");
    if (people) people.keep();
    state = Object.assign({}, state, { typed, draft: drafted(), code: code ? code.value : state.code });
  }

  function finish(event, boxes) {
    event.preventDefault();
    keep();
    const values = filled(boxes);
    const wrong = {};
    for (const box of boxes) {
      const found = values[box.name] ? mistakeIn(box, values) : null;
      if (found) wrong[box.name] = found;
    }
    go("form", { wrong });
    if (!Object.keys(wrong).length) window.print();
  }

  /** What is wrong in a box; tidies it where nothing is. */
  function mistakeIn(box, values) {
    const found = check(box.entry.type, values[box.name], today(), values[otherHalf(box.name)]);
    if (found.wrong && !(found.wrong === "name" && isSure(found.tidy))) return put(`wrong_${found.wrong}`, found.values);
    const expected = box.entry.derived && box.entry.derived[1] !== "same" ? taken(box, values) : "";
    if (expected && expected !== found.text) return put("wrong_derived", { value: expected });
    if (box.name in state.typed) state.typed[box.name] = found.tidy || found.text;
    return null;
  }

  /** Whether somebody said, of this box or another, that the name is printed so. */
  const isSure = (name) => Object.keys(state.typed).some((box) =>
    box.endsWith("!") && check("name", state.typed[box.slice(0, -1)] || "").tidy === name);

  // The frame

  const VIEWS = new Map([["start", start], ["ask", ask], ["form", form], ["notice", ask]]);

  function render() {
    document.documentElement.lang = inChinese ? "zh-Hans" : data.tag;
    document.title = `${line(rules.title)} – ${line(data.brand)}`;
    fill("frame", frame());
    fill("page", VIEWS.get(state.view)().flat().filter(Boolean));
    document.getElementById("page").className = state.view;
    for (const input of document.querySelectorAll(".joint [name]")) input.dataset.was = input.value;
    if (state.draft) putBack(state.draft);
  }

  function fill(id, children) {
    const element = document.getElementById(id);
    element.textContent = "";
    element.append(...children);
  }

  function frame() {
    const place = { day: words.day(rules.today), place: data.place };
    const elsewhere = regionNow();
    const old = rules.until && today() >= rules.until;
    return [
      h("div", { class: "bar" }, h("p", { class: "brand" }, h("b", {}, data.brand), " ", h("span", {}, rules.title)),
        h("p", { class: "tools" },
          data.tag !== "zh-Hans" && h("button", { type: "button", class: "quiet", "aria-pressed": String(inChinese), click: inLanguage }, "中文"),
          h("button", { type: "button", class: "quiet", "aria-pressed": String("size" in document.documentElement.dataset), click: large }, phrases.large),
          button(phrases.wipe, wipe, "quiet danger"))),
      h("p", { class: "offline" }, standsIn ? put("no_network", place) : put("offline", place)),
      elsewhere && elsewhere !== rules.region && h("p", { class: "offline" }, put("other_place", place)),
      data.tag !== "zh-Hans" && !inChinese && h("p", { class: "hint" }, phrases.prevails),
      old && h("p", { class: "offline old", role: "alert" }, put("over", { day: words.day(rules.until) })),
    ].filter(Boolean);
  }

  function inLanguage() {
    keep();
    inChinese = !inChinese;
    render();
  }

  function large() {
    keep();
    const { dataset } = document.documentElement;
    if ("size" in dataset) delete dataset.size;
    else dataset.size = "large";
    render();
  }

  // The address: of a file behind its #, as `#ask?birth_place=hospital`. Where the page stands in for one of the site's, as the site has
  // it, so that the site goes on from there once there is a network

  /** Whether a service worker shows this at an address of the site, rather than somebody a file. */
  const standsIn = new RegExp(`^http.*/${rules.bundle}/(ask|notice|form)?$`).test(location.href.split(/[?#]/)[0]);
  const ofTheSearch = new URLSearchParams(location.search).get("region") || "";
  const regionNow = () => state.region || ofTheSearch;
  let here = "";
  let forgetting = "";

  /** What the address says; null where its # is that of a link within the page. Answers that nobody can read are left out. */
  function fromAddress() {
    // `%25` and so on is what messengers make of addresses
    const hash = location.hash.slice(1, MOST_ADDRESS).replace(/%25/g, "%").replace(/%3F/gi, "?").replace(/%3D/gi, "=").replace(/%26|&amp;/gi, "&");
    const parts = /^(?:([^?=&]*)(?:\?|$))?(.*)$/.exec(hash);
    const [name, query] = standsIn ? [location.pathname.split("/").pop(), location.search] : [parts[1], hash ? parts[2] : location.search];
    if (name && !VIEWS.has(name) && !query) return null;
    const parameters = new URLSearchParams(query);
    const typed = root.Offline.typed(rules, parameters);
    const answers = usable(({ id }) => typed[id]);
    const view = VIEWS.has(name) ? name : hash && Object.keys(answers).length ? "ask" : "start";
    return { view, answers, change: view === "ask" ? parameters.get("change") : null, region: parameters.get("region") || "" };
  }

  function addressOf({ view, answers, change, region }) {
    const parameters = new URLSearchParams();
    const place = standsIn ? region || ofTheSearch : region;
    if (place) parameters.append("region", place);
    for (const { id, type } of rules.questions) {
      const answer = answers[id];
      const words = answer === undefined ? [] : type === "many" && !answer.length ? ["none"] : [].concat(answer);
      for (const word of words) parameters.append(id, type === "number" ? word / 100 : word);
    }
    if (change) parameters.append("change", change);
    return `${standsIn ? view.replace("start", "./") : `#${view}`}?${parameters}`;
  }

  /** How many entries of the history this page has before the present one. */
  const stepNow = () => (history.state && history.state.step) || 0;

  function push(address) {
    try {
      history.pushState({ step: stepNow() + 1 }, "", address);
    } catch (error) { // a browser in which a file may not
      location.hash = address;
    }
  }

  function replace(address, step) {
    const whole = standsIn ? address : location.pathname + (ofTheSearch && `?region=${encodeURIComponent(ofTheSearch)}`) + address;
    try {
      history.replaceState({ step }, "", whole);
    } catch (error) {
      location.replace(whole);
    }
  }

  /** Takes the answers from the address, and goes back to where they began, so that no entry of the history keeps them. */
  function forget() {
    here = addressOf(state);
    const steps = stepNow();
    replace(here, steps);
    if (steps) {
      forgetting = here;
      history.go(-steps);
    }
  }

  function onTheWay() {
    if (forgetting) {
      replace(forgetting, 0);
      push(forgetting); // drops the entries ahead
      forgetting = "";
      return;
    }
    const found = fromAddress();
    if (!found || addressOf(found) === here) return;
    keep();
    turnTo(found.view, Object.assign(found, { before: Object.assign({}, state.before, state.answers) }));
    here = addressOf(state);
  }

  // In the pages of bundles with a table of people
  const people = root.OfflineTable && root.OfflineTable.on({
    asked, back, button, go, h, heading, known, line, nameOf, onward, phrases, problem, progress, put, rules, summary, today, walked,
    state: () => state,
  });

  window.addEventListener("popstate", onTheWay);
  Object.assign(state, fromAddress());
  here = addressOf(state);
  render();
})(typeof globalThis === "object" ? globalThis : self);
