// The choice of a unit by part of its name, with or without accents: an ARIA combobox.

const MOST_UNITS = 60; // nobody reads a longer list: the reader types on
const unitNames = units.map(({ names }) => names.map(fold));
const severalRegisters = new Set(units.map(({ id }) => id.split('/')[0])).size > 1;
let offered = []; // places of the units in the list
let active = -1; // the one that the arrow keys have reached

/** Return the units with a name that contains what is typed, first those with a name that begins with it. */
function fitting(typed) {
  const words = fold(typed);
  const places = units.map((_, place) => place).filter((place) => unitNames[place].some((name) => name.includes(words)));
  const begins = (place) => (unitNames[place].some((name) => name.startsWith(words)) ? 0 : 1);
  return (words ? places.sort((a, b) => begins(a) - begins(b) || a - b) : places).slice(0, MOST_UNITS);
}

function offer(typed) {
  const list = byId('units');
  offered = fitting(typed);
  active = offered.length && fold(typed) ? 0 : -1;
  const options = offered.map((place, index) => {
    const register = severalRegisters && make('span', { class: 'combo-register' }, units[place].id.split('/')[0]);
    const chosen = units[place].id === choice.unit;
    return make('li', { role: 'option', id: `unit-${index}`, 'aria-selected': String(chosen), 'data-place': place }, own(unitName(place)), register);
  });
  list.replaceChildren(...(options.length ? options : [make('li', { role: 'option', 'aria-disabled': 'true', class: 'combo-none' }, say('no_unit'))]));
  list.hidden = false;
  byId('unit').setAttribute('aria-expanded', 'true');
  markActive();
}

function markActive() {
  const input = byId('unit');
  [...byId('units').children].forEach((option, index) => option.classList.toggle('active', index === active));
  if (active < 0) {
    input.removeAttribute('aria-activedescendant');
    return;
  }
  input.setAttribute('aria-activedescendant', `unit-${active}`);
  byId(`unit-${active}`).scrollIntoView({ block: 'nearest' });
}

function closeUnits() {
  byId('units').hidden = true;
  byId('unit').setAttribute('aria-expanded', 'false');
  byId('unit').removeAttribute('aria-activedescendant');
}

/** Show the chosen unit in the input. */
function showUnit() {
  const place = unitPlaces.get(choice.unit);
  byId('unit').value = place === undefined ? '' : unitName(place);
  byId('unit-clear').hidden = place === undefined;
}

function takeUnit(place) {
  closeUnits();
  choose({ unit: place === undefined ? '' : units[place].id });
  showUnit();
}

/** Offer the units whose whole name is searched for: the deadlines that bind a unit are not those that contain its name. */
function showSearchedUnits() {
  const words = fold(choice.q);
  const places = words && !choice.unit ? units.map((_, place) => place).filter((place) => unitNames[place].includes(words)) : [];
  const buttons = places.map((place) => {
    const register = places.length > 1 && ` (${units[place].id.split('/')[0]})`;
    return make('button', { type: 'button', class: 'plain', 'data-unit': place }, say('search_unit'), ' ', own(unitName(place)), register);
  });
  byId('q-units').replaceChildren(...buttons);
}

function unitKey(event) {
  const open = !byId('units').hidden;
  if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!open) offer('');
    else if (offered.length) active = (active + (event.key === 'ArrowDown' ? 1 : offered.length - 1) + (active < 0 && event.key === 'ArrowUp' ? 1 : 0)) % offered.length;
    markActive();
  } else if ((event.key === 'Enter' || (event.key === 'Tab' && fold(byId('unit').value))) && open && active >= 0) {
    if (event.key === 'Enter') event.preventDefault();
    takeUnit(offered[active]);
  } else if (event.key === 'Escape' && open) {
    event.preventDefault();
    closeUnits();
    showUnit();
  }
}

function startUnits() {
  const input = byId('unit');
  const list = byId('units');
  input.addEventListener('input', () => offer(input.value));
  input.addEventListener('click', () => offer(''));
  input.addEventListener('keydown', unitKey);
  input.addEventListener('blur', () => {
    closeUnits();
    if (input.value.trim() === '' && choice.unit) takeUnit(undefined);
    else showUnit();
  });
  list.addEventListener('mousedown', (event) => event.preventDefault()); // the input keeps the focus
  list.addEventListener('click', (event) => {
    const option = event.target.closest('[data-place]');
    if (option) takeUnit(Number(option.dataset.place));
  });
  byId('unit-clear').addEventListener('click', () => {
    takeUnit(undefined);
    input.focus();
  });
}
