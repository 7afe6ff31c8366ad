// The list: rows in groups, made once for a language, a day and a grouping. Filters only show and hide them.

const rows = []; // the row of each item
let listGroups = []; // each group with its places, its section and the element of its count
let listMadeFor = '';

/** The places of all items by day, those without a day last. */
const byDay = items
  .map((_, place) => place)
  .sort((a, b) => {
    const [first, second] = [items[a].last_day || '9', items[b].last_day || '9'];
    if (first === second) return a - b;
    return first < second ? -1 : 1;
  });

/** Return the group of an item: its sort key, its heading, and its nearness. */
function groupOf(item, by) {
  if (by === 'near') {
    const near = nearnessOf(item, today) === 'overdue' && planOf(item).end < today ? 'ended' : nearnessOf(item, today);
    return [String(NEAR.indexOf(near)), say(`near.${near}`), near];
  }
  if (item.last_day) return [item.last_day.slice(0, 7), monthName(item.last_day.slice(0, 7)), ''];
  const near = item.kind === 'ongoing' ? 'ongoing' : 'waiting';
  return [near === 'ongoing' ? '9998' : '9999', say(`near.${near}`), near];
}

/** Make the groups and their rows; rows stay open and keep the focus. */
function makeList(by) {
  const opened = items.map((_, place) => place).filter((place) => rows[place] && rows[place].classList.contains('opened'));
  const focused = document.activeElement && document.activeElement.dataset.place;
  const found = new Map();
  for (const place of byDay) {
    const [order, heading, near] = groupOf(items[place], by);
    if (!found.has(order)) found.set(order, { order, heading, near, places: [] });
    found.get(order).places.push(place);
  }
  listGroups = [...found.values()].sort((a, b) => (a.order < b.order ? -1 : 1));
  for (const group of listGroups) {
    const id = `group-${group.order}`;
    group.count = make('span', { class: 'group-count' });
    const heading = make('h2', { id, class: 'group-name' }, make('span', { class: 'group-words' }, group.heading), group.count);
    const list = make('ul', { class: 'rows', role: 'list' });
    for (const place of group.places) {
      rows[place] = makeRow(place);
      list.append(rows[place]);
    }
    group.section = make('section', { class: 'group', 'aria-labelledby': id, 'data-near': group.near || null }, heading, list);
  }
  byId('list').replaceChildren(...listGroups.map(({ section }) => section));
  for (const place of opened) toggleRow(place, true);
  if (focused !== undefined && focused !== null) rows[focused].querySelector('.row-open').focus({ preventScroll: true });
}

/** Show the items at these places. */
function showList(shown) {
  const madeFor = `${lang} ${today} ${choice.group}`;
  if (madeFor !== listMadeFor) {
    makeList(choice.group);
    listMadeFor = madeFor;
  }
  const chosen = new Set(shown);
  for (const group of listGroups) {
    const places = group.places.filter((place) => chosen.has(place));
    for (const place of group.places) setHidden(rows[place], !chosen.has(place));
    setHidden(group.section, !places.length);
    if (places.length) setText(group.count, countWords(places, 'count'));
  }
}

function makeRow(place) {
  const item = items[place];
  const state = stateNow[place];
  const id = `row-${place}`;
  const open = make('button', { type: 'button', class: 'row-open', 'aria-expanded': 'false', 'data-place': place }, ...actParts(item));
  return make(
    'li',
    { class: `row s-${state}`, id, 'data-ref': item.ref, 'data-state': state },
    make(
      'div',
      { class: 'row-head' },
      make('div', { class: 'row-day' }, ...dayParts(item)),
      make('div', { class: 'row-main' }, make('h3', { class: 'row-act' }, open), factsOf(item), marksOf(item, state)),
      make('p', { class: 'row-far' }, sign(state), make('span', { class: 'row-distance' }, distanceOf(item, today))),
    ),
  );
}

function dayParts(item) {
  if (!item.last_day) return [make('span', { class: 'no-day' }, '–')];
  const day = item.last_day;
  return [
    make('span', { class: 'row-weekday' }, weekday(day)),
    ' ',
    make('time', { class: 'row-date', datetime: day }, written(day)),
  ];
}

function actParts(item) {
  const { title } = tasks[item.task];
  return item.what ? [own(item.what, 'strong'), ' – ', own(title)] : [own(title)];
}

/** Make the line with the parties bound, the date, the document and the reference. */
function factsOf(item) {
  const facts = make('p', { class: 'row-facts' });
  if (item.bound) facts.append(make('span', { class: 'row-bound' }, own(item.bound.join('; '))));
  facts.append(make('span', { class: 'row-when' }, own(inLang(item.when))));
  const { number } = planOf(item);
  if (number) facts.append(make('span', { class: 'row-number' }, own(number)));
  facts.append(make('span', { class: 'row-ref' }, item.ref));
  return facts;
}

/** Make the short notes that a reader must not miss. */
function marksOf(item, state) {
  const marks = [];
  if (item.last_working_day && (state === 'due' || state === 'later')) {
    marks.push(say('last_working', { day: dayWithWeekday(item.last_working_day, true) }));
  }
  if (item.bodies) {
    const received = item.bodies.filter(([, day]) => day && day <= today).length;
    marks.push(say('received_of', { n: received, all: item.expected }));
  }
  if (item.first) marks.push(say('moved_from', { when: inLang(item.first) }));
  if (item.carried) marks.push(inLang(item.carried));
  if (item.repeats) marks.push(say('repeats', { ref: item.same_as }));
  if (item.correction && item.last_day) marks.push(say('corrected'));
  if (!marks.length) return null;
  return make('ul', { class: 'row-marks', role: 'list' }, ...marks.map((mark) => make('li', {}, own(mark))));
}

/** Open or close a row; its details are made when it is first opened. */
function toggleRow(place, opened) {
  const row = rows[place];
  const button = row.querySelector('.row-open');
  let details = byId(`details-${place}`);
  if (opened && !details) {
    details = detailsOf(place);
    row.append(details);
    button.setAttribute('aria-controls', details.id);
  }
  if (details) details.hidden = !opened;
  row.classList.toggle('opened', opened);
  button.setAttribute('aria-expanded', String(opened));
}
