// The whole page: it starts, answers what the reader does, and follows the address and the day.

let typing = false; // whether the last step of the history is a search that is still being typed
let pending = 0;

/** Write the choice into the address: as a new step of the history, or in place of the last one. */
function writeAddress(replace) {
  const hash = hashOf(choice);
  const address = hash ? `#${hash}` : location.href.split('#')[0];
  if (location.hash.replace(/^#/, '') === hash) return;
  try {
    history[replace ? 'replaceState' : 'pushState'](null, '', address);
  } catch {
    location.hash = hash; // some browsers allow no history for a file
  }
}

function choose(patch, whileTyping = false) {
  choice = { ...choice, ref: '', ...patch };
  writeAddress(whileTyping && typing);
  typing = whileTyping;
  show();
}

/** Take over the choice that stands in the address. */
function follow() {
  const found = choiceIn(location.hash);
  if (hashOf(found) === hashOf(choice) && !found.ref) return;
  choice = found;
  typing = false;
  if (document.activeElement !== byId('q')) byId('q').value = choice.q;
  show();
  byId('q').value = choice.q;
  if (choice.ref) reveal(choice.ref);
}

/** Open the rows that a reference names and scroll to them; drop filters that hide them. */
function reveal(ref) {
  const places = placesOf(ref);
  if (!places.length) return;
  const { shown } = chooseItems(choice);
  const hidden = places.some((place) => !shown.includes(place));
  const cleared = hidden ? { unit: '', role: 'bound', plan: '', state: [], q: '' } : {};
  choose({ ...cleared, view: 'list', ref });
  byId('q').value = choice.q;
  for (const place of places) toggleRow(place, true);
  const row = rows[places[0]];
  for (const marked of document.querySelectorAll('.row.reached')) marked.classList.remove('reached');
  row.classList.add('reached');
  row.querySelector('.row-open').focus({ preventScroll: true });
  row.scrollIntoView({ block: 'start' });
  requestAnimationFrame(() => row.scrollIntoView({ block: 'start' })); // the rows above have their real heights now
}

/** Set `today` and what depends on it; return whether the day has changed. */
function takeDay() {
  const day = choice.today || dayInZone();
  if (day === today) return false;
  today = day;
  reckonStates();
  return true;
}

function show() {
  const changed = lang !== choice.lang || document.documentElement.lang !== choice.lang;
  lang = choice.lang;
  takeDay();
  if (changed || !byId('states').children.length) showLanguage();
  const { shown, byState } = chooseItems(choice);
  showControls(byState);
  showTexts(shown);
  const timeline = choice.view === 'timeline';
  setHidden(byId('list'), timeline);
  setHidden(byId('timeline'), !timeline);
  setHidden(byId('groups'), timeline);
  document.body.classList.toggle('wide-paper', timeline);
  if (timeline) showTimeline(shown);
  else showList(shown);
}

/** Show everything in the language but the rows. */
function showLanguage() {
  document.documentElement.lang = lang;
  document.title = `${data.name} – ${say('board')}`;
  sayPage();
  byId('role').replaceChildren(...ROLES.map((role) => make('option', { value: role }, say(`role.${role}`))));
  const named = plans.map((plan) => make('option', { value: plan.id }, planName(plan)));
  byId('plan').replaceChildren(make('option', { value: '' }, say('all_plans')), ...named);
  byId('states').replaceChildren(
    ...STATES.map((state) =>
      make(
        'button',
        { type: 'button', class: 'state', 'data-state': state },
        sign(state),
        make('span', { class: 'state-name' }, say(`state.${state}`)),
        make('span', { class: 'state-count' }),
      ),
    ),
  );
}

function showControls(byState) {
  byId('role').value = choice.role;
  byId('plan').value = choice.plan;
  byId('role').disabled = !choice.unit;
  showSearchedUnits();
  if (document.activeElement !== byId('unit')) showUnit();
  for (const button of byId('states').children) {
    const { state } = button.dataset;
    press(button, choice.state.includes(state));
    button.classList.toggle('none', !byState[state].length);
    setText(button.querySelector('.state-count'), counted(byState[state]).toLocaleString(lang));
  }
  for (const name of ['lang', 'view', 'group']) {
    for (const button of document.querySelectorAll(`.joined [data-${name}]`)) press(button, button.dataset[name] === choice[name]);
  }
  const active = ['unit', 'plan', 'q'].filter((name) => choice[name]).length + choice.state.length;
  setText(byId('filters-open'), active ? `${say('filters')} (${active})` : say('filters'));
  setHidden(byId('reset'), !active);
}

function showTexts(shown) {
  setText(byId('total'), shown.length ? countWords(shown, 'total') : say('nothing'));
  setText(byId('chosen'), chosenWords(choice));
  setText(byId('printed'), say('printed', { day: written(dayInZone()) }));
  setText(byId('day'), say(choice.today ? 'as_of' : 'today_is', { day: dayWithWeekday(today) }));
  byId('day').classList.toggle('as-of', Boolean(choice.today));
  setHidden(byId('real-today'), !choice.today);
}

/** Take the colours of the system until the reader chooses others; store that choice if the browser allows it. */
function startColours() {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const root = document.documentElement;
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches);
  try {
    const kept = localStorage.getItem('tdkt-theme');
    if (kept === 'dark' || kept === 'light') root.dataset.theme = kept;
  } catch {
    // the browser may give a file no storage
  }
  press(byId('dark'), isDark());
  system.addEventListener('change', () => press(byId('dark'), isDark()));
  byId('dark').addEventListener('click', () => {
    root.dataset.theme = isDark() ? 'light' : 'dark';
    press(byId('dark'), isDark());
    try {
      localStorage.setItem('tdkt-theme', root.dataset.theme);
    } catch {
      // the choice lasts until the page is closed
    }
  });
}

function clicked(event) {
  const found = event.target.closest('button, a, .tl-plot [data-goto]');
  if (!found) return;
  const { place, goto, lang: code, view, group, year, state, unit } = found.dataset;
  if (found.id === 'skip') {
    event.preventDefault(); // its address would replace the choice
    byId('main').focus();
  } else if (goto !== undefined && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    event.preventDefault();
    reveal(goto);
  } else if (found.classList.contains('row-open')) toggleRow(Number(place), found.getAttribute('aria-expanded') !== 'true');
  else if (code) choose({ lang: code });
  else if (view) choose({ view });
  else if (group) choose({ group });
  else if (year) choose({ year });
  else if (unit) {
    byId('q').value = '';
    choose({ q: '', unit: units[unit].id });
    byId('unit').focus();
  }
  else if (state) choose({ state: STATES.filter((each) => (each === state) !== choice.state.includes(each)) });
}

function startControls() {
  document.addEventListener('click', clicked);
  byId('q').addEventListener('input', () => {
    cancelAnimationFrame(pending);
    pending = requestAnimationFrame(() => choose({ q: byId('q').value.slice(0, longest).replace(/^\s+$/, '') }, true));
  });
  byId('role').addEventListener('change', () => choose({ role: byId('role').value }));
  byId('plan').addEventListener('change', () => choose({ plan: byId('plan').value }));
  byId('reset').addEventListener('click', () => {
    choose({ unit: '', role: 'bound', plan: '', state: [], q: '' });
    byId('q').value = '';
    showUnit();
    byId('q').focus();
  });
  byId('real-today').addEventListener('click', () => choose({ today: '' }));
  byId('print').addEventListener('click', () => print());
  byId('filters-open').addEventListener('click', () => {
    const opened = byId('filters-body').classList.toggle('opened');
    byId('filters-open').setAttribute('aria-expanded', String(opened));
  });
  startUnits();
}

/** Show the page again when the day ends while it is open or the machine sleeps. */
function startDay() {
  const look = () => {
    if (!document.hidden && !choice.today && dayInZone() !== today) show();
  };
  setInterval(look, 20000);
  document.addEventListener('visibilitychange', look);
}

function start() {
  for (const id of ['skip', 'tools', 'page']) byId(id).hidden = false;
  if (data.feeds) {
    byId('feeds').href = data.feeds;
    byId('feeds').hidden = false;
  }
  startColours();
  startControls();
  choice = choiceIn(location.hash);
  byId('q').value = choice.q;
  show();
  if (choice.ref) reveal(choice.ref);
  addEventListener('popstate', follow);
  addEventListener('hashchange', follow);
  startDay();
  setTimeout(foldAhead, 10);
}

start();
