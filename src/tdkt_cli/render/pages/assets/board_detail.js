// The details in an opened row: everything in the plan about the deadline, and what follows from it.

function joined(parts) {
  return parts.filter(Boolean).join('; ');
}

/** Return a completion, delivery or cancellation in words: its day, document, and note or reason. */
function endWords({ date, document: number, note, reason }) {
  return joined([written(date), number, note, reason]);
}

function quotaWords({ who, what, ...limits }) {
  const kind = ['max', 'min', 'exactly'].find((name) => name in limits);
  return say(`quota_${kind}`, { who, number: limits[kind], what });
}

/** Return the names of bodies with the days on which they delivered. */
function receivedWords(item) {
  return Object.entries(item.received || {}).map(([name, end]) => `${name} (${endWords(end)})`);
}

function missingNames(item) {
  return (item.bodies || []).filter(([, day]) => !day || day > today).map(([name]) => name);
}

/** Return the deadline that a deadline repeats, as a link if it is on this page. */
function sameAs(ref) {
  return placesOf(ref).length ? refLink(ref, ref) : ref;
}

function refLink(ref, words) {
  return make('a', { href: `#ref=${encoded(ref)}`, 'data-goto': ref }, words);
}

/** Return the fields as names and values; a value is text, a list of texts, or an element. */
function fieldsOf(item) {
  const task = tasks[item.task];
  const plan = plans[task.plan];
  const dossier = item.dossier || {};
  const fields = [
    ['content', task.content],
    ['text', item.text],
    ['timing', task.timing],
    ['state', stateWithDistance(item, today)],
    ['last_day', item.last_day && dayWithWeekday(item.last_day)],
    ['last_working_day', item.last_working_day && dayWithWeekday(item.last_working_day)],
    ['overdue_from', item.overdue_from && dayWithWeekday(item.overdue_from)],
    ['first', item.first && inLang(item.first)],
    ['moved', (item.moved || []).map((move, place) => joined([inLang(item.moves[place]), move.document, move.date && written(move.date), move.reason]))],
    ['carried', item.carried && inLang(item.carried)],
    ['correction', item.correction],
    ['done', item.done && endWords(item.done)],
    ['cancelled', item.cancelled && endWords(item.cancelled)],
    ...ROLES.map((role) => [`role.${role}`, role === 'bound' ? item.bound : task[role]]),
    ['expected', item.expected && String(item.expected)],
    ['received', receivedWords(item)],
    ['missing', missingNames(item)],
    ['quota', (item.quota || []).map(quotaWords)],
    ['dossier', dossier.items && dossier.items.map((paper) => paper.replace(/^- /, ''))],
    ['dossier_to', dossier.to],
    ['copies', dossier.copies && String(dossier.copies)],
    ['notes', item.note],
    ['same_as', item.same_as && sameAs(item.same_as)],
    ['labels', task.labels && task.labels.join(', ')],
    ['section', headingsOf(task).join(' / ')],
    ['of_plan', planName(plan)],
  ];
  return fields.filter(([, value]) => value && value.length !== 0);
}

function valueOf(value) {
  if (value instanceof Element) return value;
  if (!Array.isArray(value)) return own(value, 'p');
  if (value.length === 1) return own(value[0], 'p');
  return make('ul', {}, ...value.map((text) => make('li', { dir: 'auto' }, text)));
}

function detailsOf(place) {
  const item = items[place];
  const list = make('dl', { class: 'fields-list' });
  for (const [name, value] of fieldsOf(item)) {
    const wide = name === 'content' || name === 'text' || name === 'timing';
    const issued = wide && 'issued';
    list.append(make('div', { class: issued || null }, make('dt', {}, say(name)), make('dd', {}, valueOf(value))));
  }
  const link = make('p', { class: 'row-link no-print' }, refLink(item.ref, say('link')), ' ', make('code', {}, item.ref));
  return make('div', { class: 'row-details', id: `details-${place}` }, list, link);
}
