// The data of the page, words in the reader's language, days, and the state of an item on a day.
// A day is text such as 2023-02-20, so that days compare as text.

const data = JSON.parse(document.getElementById('data').textContent);
const { plans = [], units = [] } = data;
// A task has the place of its plan, an item that of its task.
const tasks = plans.flatMap((plan, place) => plan.tasks.map((task) => ({ ...task, plan: place })));
const items = tasks.flatMap((task, place) => task.items.map((item) => ({ ...item, task: place })));
const LANGS = Object.keys(data.words);
const STATES = ['overdue', 'due', 'later', 'waiting', 'ongoing', 'done_in_time', 'done_late', 'cancelled'];
const NEAR = ['overdue', 'grace', 'today', 'week', 'month', 'far', 'ongoing', 'waiting', 'ended', 'over'];
const ROLES = ['bound', 'lead', 'executor', 'coordinator', 'advisor'];
const MS_A_DAY = 86400000;

let lang = data.lang;
let today = '';

/** Return a text of the page with its values filled in; a text that counts has two forms. */
function say(key, values = {}) {
  const found = data.words[lang][key];
  const text = Array.isArray(found) ? found[values.n === 1 ? 0 : 1] : found;
  const said = { ...values, n: values.n?.toLocaleString(lang) };
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(said[name]) : whole));
}

/** Return the text in the reader's language from a list with one for each language. */
function inLang(texts) {
  return texts[LANGS.indexOf(lang)];
}

function dayNumber(day) {
  return Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10))) / MS_A_DAY;
}

function daysBetween(from, to) {
  return dayNumber(to) - dayNumber(from);
}

/** Return whether a text is a day that a plan could name. */
function isDay(text) {
  if (!/^(19|20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  return new Date(dayNumber(text) * MS_A_DAY).toISOString().slice(0, 10) === text;
}

function weekday(day, short) {
  return data.words[lang][short ? 'weekdays_short' : 'weekdays'][(((dayNumber(day) + 3) % 7) + 7) % 7];
}

/** Return a day as the language writes it: 20/02/2023, in English 2023-02-20. */
function written(day) {
  return lang === 'vi' ? day.split('-').reverse().join('/') : day;
}

function dayWithWeekday(day, short = false) {
  return `${weekday(day, short)} ${written(day)}`;
}

function monthName(month) {
  return say('in_month', { month: lang === 'vi' ? month.split('-').reverse().join('/') : month });
}

/** Return today in the zone of the plans, whatever the zone of this machine. */
function dayInZone() {
  const parts = { year: 'numeric', month: '2-digit', day: '2-digit' };
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: data.zone, calendar: 'gregory', numberingSystem: 'latn', ...parts });
  const found = Object.fromEntries(format.formatToParts(new Date()).map(({ type, value }) => [type, value]));
  return `${found.year}-${found.month}-${found.day}`;
}

/** Return the state of an item on a day, as core.agenda does. What is recorded for a later day has not happened yet. */
function stateOf(item, day) {
  const { done, cancelled } = item;
  if (cancelled && cancelled.date <= day && !(done && done.date <= cancelled.date)) return 'cancelled';
  if (done && done.date <= day) {
    return item.overdue_from && done.date >= item.overdue_from ? 'done_late' : 'done_in_time';
  }
  if (!item.last_day || !item.overdue_from) return item.kind === 'ongoing' ? 'ongoing' : 'waiting';
  if (day >= item.overdue_from) return 'overdue';
  return daysBetween(day, item.last_day) <= data.soon ? 'due' : 'later';
}

/** Return the group of NEAR that an item belongs to. */
function nearnessOf(item, day) {
  const state = stateOf(item, day);
  if (state === 'overdue' || state === 'ongoing' || state === 'waiting') return state;
  if ((state !== 'due' && state !== 'later') || !item.last_day) return 'over';
  const days = daysBetween(day, item.last_day);
  if (days <= 0) return days < 0 ? 'grace' : 'today';
  if (days <= 7) return 'week';
  return days <= 30 ? 'month' : 'far';
}

/** Return how many days an open item has left or is overdue, else its state. */
function distanceOf(item, day) {
  const state = stateOf(item, day);
  if (state === 'overdue') return say('days_overdue', { n: daysBetween(item.overdue_from, day) + 1 });
  if ((state === 'due' || state === 'later') && item.last_day) {
    const days = daysBetween(day, item.last_day);
    if (days > 0) return say('days_left', { n: days });
    return say(days === 0 ? 'today' : 'grace');
  }
  return state === 'waiting' && item.settable && item.settable <= day ? say('settable') : say(`state.${state}`);
}

/** Return the state in words, with the days left or overdue where there are any. */
function stateWithDistance(item, day) {
  const state = say(`state.${stateOf(item, day)}`);
  const distance = distanceOf(item, day);
  return state === distance ? state : `${state}, ${distance}`;
}

function planOf(item) {
  return plans[tasks[item.task].plan];
}

/** Return the number and title of a plan's document. */
function planName({ number, title }) {
  return [number, title].filter(Boolean).join(' · ');
}

function unitName(place) {
  return units[place].names[0];
}

/** Return the headings above a task, the outermost first. */
function headingsOf(task) {
  const parts = task.section ? task.section.split('.') : [];
  const path = parts.map((_, depth) => parts.slice(0, depth + 1).join('.'));
  return path.map((id) => (plans[task.plan].sections || {})[id] || id);
}

/** Return the number of deadlines at these places; one that repeats another is counted once with it. */
function counted(places) {
  return new Set(places.map((place) => (items[place].repeats ? items[place].same_as : items[place].ref))).size;
}

/** Return the count in words, with the number of rows where some repeat others. */
function countWords(places, key) {
  const n = counted(places);
  return n === places.length ? say(key, { n }) : say(`${key}_rows`, { n, rows: places.length });
}
