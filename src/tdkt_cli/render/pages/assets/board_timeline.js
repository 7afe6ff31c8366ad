// The timeline of a year: a row for each task, its deadlines as signs on their days and as bars over their periods.

const MOST_AT_ONCE = 200; // rows made before the page is shown; the rest follow
const SIGN_DAYS = 9; // the days that a sign covers; signs that are closer go into lanes of their own
let timelineRun = 0;

function yearOfDay(day) {
  return Number(day.slice(0, 4));
}

/** Return the first and last day of an item in the timeline, null for an item without a day. */
function spanOf(item) {
  if (item.kind === 'ongoing') {
    const plan = planOf(item);
    return [item.start || plan.start, item.end || plan.end];
  }
  return item.last_day ? [item.start || item.last_day, item.last_day] : null;
}

const dated = items.map(spanOf);
const datedYears = dated.filter(Boolean).flatMap((span) => span.map(yearOfDay));
const firstYear = datedYears.reduce((a, b) => Math.min(a, b), 9999);
const lastYear = datedYears.reduce((a, b) => Math.max(a, b), 0);

/** Return the year to show: the one chosen, else the one closest to today in which a shown item ends. */
function yearShown(shown) {
  if (choice.year) return Math.min(Math.max(Number(choice.year), firstYear), lastYear);
  const now = yearOfDay(today);
  const ends = shown.filter((place) => dated[place]).map((place) => yearOfDay(dated[place][1]));
  return ends.reduce((best, year) => (Math.abs(year - now) < Math.abs(best - now) ? year : best), ends.length ? ends[0] : now);
}

/** Return the position of a day in the year, in percent. */
function percent(day, year) {
  const start = dayNumber(`${year}-01-01`);
  const length = dayNumber(`${year + 1}-01-01`) - start;
  return ((dayNumber(day) - start) / length) * 100;
}

function monthStart(year, month) {
  return `${year}-${String(month).padStart(2, '0')}-01`;
}

function inYear(span, year) {
  return span !== null && span[0] <= `${year}-12-31` && span[1] >= `${year}-01-01`;
}

function placeAt(element, left, width) {
  element.style.setProperty('left', `${left.toFixed(3)}%`);
  if (width !== undefined) element.style.setProperty('width', `${width.toFixed(3)}%`);
  return element;
}

/** Make the background: quarters as bands, months as lines, today. */
function bandsOf(year) {
  const bands = make('div', { class: 'tl-bands', 'aria-hidden': 'true' });
  for (let month = 1; month <= 12; month += 1) {
    const left = percent(monthStart(year, month), year);
    if (month % 3 === 1) {
      const end = month === 10 ? 100 : percent(monthStart(year, month + 3), year);
      bands.append(placeAt(make('div', { class: month % 6 === 1 ? 'tl-band' : 'tl-band tl-even' }), left, end - left));
    }
    bands.append(placeAt(make('div', { class: month % 3 === 1 ? 'tl-line tl-quarter-line' : 'tl-line' }), left));
  }
  if (yearOfDay(today) === year) bands.append(placeAt(make('div', { class: 'tl-today' }), percent(today, year) + 0.137));
  return bands;
}

function scaleOf(year) {
  const scale = make('div', { class: 'tl-scale', 'aria-hidden': 'true' });
  for (let month = 1; month <= 12; month += 1) {
    const left = percent(monthStart(year, month), year);
    if (month % 3 === 1) {
      const quarter = ['I', 'II', 'III', 'IV'][(month - 1) / 3];
      scale.append(placeAt(make('span', { class: 'tl-quarter' }, say('quarter', { quarter })), left, 25));
    }
    scale.append(placeAt(make('span', { class: 'tl-month' }, String(month)), left, 100 / 12));
  }
  if (yearOfDay(today) === year) scale.append(placeAt(make('span', { class: 'tl-now' }, say('now')), percent(today, year)));
  return make('div', { class: 'tl-head' }, make('div', { class: 'tl-corner' }), scale);
}

/** Return the words for a deadline in the label of its row and beside its sign. */
function markWords(item) {
  const words = item.what ? `${inLang(item.when)}: ${item.what}` : inLang(item.when);
  return `${words} · ${distanceOf(item, today)}`;
}

/** Put signs that would cover each other into lanes; return the number of lanes. */
function lanesOf(marks) {
  const ends = [];
  for (const mark of marks) {
    const free = ends.findIndex((end) => end < mark.from);
    mark.lane = free < 0 ? ends.length : free;
    ends[mark.lane] = mark.to;
  }
  return Math.max(1, ends.length);
}

function marksIn(places, year) {
  const [first, last] = [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)];
  const marks = places.map((place) => {
    const [start, end] = dated[place].map(dayNumber);
    const bar = items[place].kind === 'ongoing' || start < end;
    const to = Math.min(end, last);
    return { place, bar, start: Math.max(start, first), end: to, cut: end > last, from: bar ? Math.max(start, first) : to - SIGN_DAYS, to: to + SIGN_DAYS };
  });
  return marks.sort((a, b) => a.from - b.from || a.to - b.to || a.place - b.place);
}

function markElements({ place, bar, start, end, cut, lane }, year) {
  const item = items[place];
  const state = stateNow[place];
  const days = dayNumber(`${year + 1}-01-01`) - dayNumber(`${year}-01-01`);
  const at = (day) => ((day - dayNumber(`${year}-01-01`)) / days) * 100;
  const elements = [];
  if (bar) {
    const ongoing = item.kind === 'ongoing';
    const element = make('span', { class: `tl-bar s-${state}${ongoing ? ' tl-ongoing' : ''}`, title: markWords(item), 'data-goto': item.ref });
    elements.push(placeAt(element, at(start), at(end + 1) - at(start)));
  }
  if (!cut) {
    const element = make('span', { class: `tl-mark s-${state}`, title: markWords(item), 'data-goto': item.ref }, sign(state));
    elements.push(placeAt(element, at(end + 0.5)));
  }
  for (const element of elements) element.style.setProperty('--lane', String(lane));
  return elements;
}

function timelineRow(task, places, year) {
  const marks = marksIn(places, year);
  const plot = make('div', { class: 'tl-plot', 'aria-hidden': 'true' });
  plot.style.setProperty('--lanes', String(lanesOf(marks)));
  for (const mark of marks) plot.append(...markElements(mark, year));
  const ordered = [...places].sort((a, b) => (dated[a][1] < dated[b][1] ? -1 : 1));
  const label = make(
    'button',
    { type: 'button', class: 'tl-open', 'data-goto': items[ordered[0]].ref },
    own(task.title),
    make('span', { class: 'tl-dates' }, ordered.map((place) => markWords(items[place])).join('; ')),
  );
  return make('li', { class: 'tl-row', 'data-task': `${plans[task.plan].id}/${task.id}` }, make('div', { class: 'tl-label' }, label), plot);
}

function legend() {
  const entries = STATES.filter((state) => state !== 'waiting').map((state) => make('li', {}, sign(state), make('span', {}, say(`state.${state}`))));
  const bar = (name) => make('span', { class: `tl-sample ${name}`, 'aria-hidden': 'true' });
  entries.push(make('li', {}, bar('s-later'), make('span', {}, say('a_period'))));
  entries.push(make('li', {}, bar('s-ongoing tl-ongoing'), make('span', {}, say('open_end'))));
  return make('section', { class: 'tl-legend', 'aria-labelledby': 'legend-name' }, make('h2', { id: 'legend-name' }, say('legend')), make('ul', { role: 'list' }, ...entries));
}

function yearBar(year) {
  const step = (to, key, words, id) =>
    make('button', { type: 'button', id, class: 'no-print', 'data-year': String(to), 'aria-label': say(key), disabled: to < firstYear || to > lastYear }, words);
  return make(
    'div',
    { class: 'tl-year' },
    step(year - 1, 'year_before', '‹', 'year-before'),
    make('h2', { class: 'tl-year-name', id: 'year-name' }, say('year', { year })),
    step(year + 1, 'year_after', '›', 'year-after'),
  );
}

/** Return the rows of tasks by plan, then by their earliest end. */
function timelineRows(shown, year) {
  const found = new Map();
  for (const place of shown.filter((each) => inYear(dated[each], year))) {
    const { task } = items[place];
    if (!found.has(task)) found.set(task, []);
    found.get(task).push(place);
  }
  const first = (places) => places.map((place) => dated[place][1]).reduce((a, b) => (a < b ? a : b));
  const ordered = [...found].map(([task, places]) => ({ task: tasks[task], places, first: first(places) }));
  return ordered.sort((a, b) => a.task.plan - b.task.plan || (a.first < b.first ? -1 : Number(a.first > b.first)));
}

function makePlans(ordered, year) {
  const sections = [];
  const waiting = [];
  let list = null;
  ordered.forEach(({ task, places }, index) => {
    if (!index || task.plan !== ordered[index - 1].task.plan) {
      const plan = plans[task.plan];
      const id = `tl-plan-${task.plan}`;
      list = make('ol', { class: 'tl-rows', role: 'list' });
      const name = make('h3', { id, class: 'tl-plan-name' }, own(planName(plan)));
      sections.push(make('section', { class: 'tl-plan', 'aria-labelledby': id }, name, list));
    }
    const into = list;
    const append = () => into.append(timelineRow(task, places, year));
    if (index < MOST_AT_ONCE) append();
    else waiting.push(append);
  });
  return { sections, waiting };
}

/** Make the other rows bit by bit, until something else is shown. */
function makeLater(waiting) {
  timelineRun += 1;
  const run = timelineRun;
  const next = () => {
    if (run !== timelineRun) return;
    waiting.splice(0, MOST_AT_ONCE).forEach((append) => append());
    if (waiting.length) setTimeout(next);
  };
  if (waiting.length) setTimeout(next);
}

function notInYear(shown, year) {
  const without = shown.filter((place) => !inYear(dated[place], year));
  if (!without.length) return null;
  const words = say('not_in_year', { n: counted(without), year });
  return make('p', { class: 'tl-rest' }, words, ' ', make('button', { type: 'button', class: 'plain no-print', 'data-view': 'list' }, say('as_list')));
}

/** Show the items at these places. */
function showTimeline(shown) {
  const year = yearShown(shown);
  const focused = document.activeElement && document.activeElement.id;
  const { sections, waiting } = makePlans(timelineRows(shown, year), year);
  const box = make('div', { class: 'tl-box', tabindex: '0', role: 'region', 'aria-labelledby': 'year-name' });
  box.append(make('div', { class: 'tl-inner' }, bandsOf(year), scaleOf(year), ...sections));
  byId('timeline').replaceChildren(...[yearBar(year), sections.length ? box : null, notInYear(shown, year), legend()].filter(Boolean));
  makeLater(waiting);
  if (focused && focused.startsWith('year-')) byId(focused).focus();
}
