// Making elements. Text reaches the page as text nodes only.

const SVG = 'http://www.w3.org/2000/svg';

function byId(id) {
  return document.getElementById(id);
}

/** An element with attributes and children; what is null, false or empty is left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

/** Text from a file: its writing direction stays its own. */
function own(text, tag = 'bdi') {
  return make(tag, tag === 'bdi' ? {} : { dir: 'auto' }, text);
}

/** The sign of a state; its words stand beside it. */
function sign(state) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('class', `sign s-${state}`);
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(SVG, 'use');
  use.setAttribute('href', `#sign-${state}`);
  svg.append(use);
  return svg;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** Show or hide, touching the page only where something changes. */
function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

function press(button, pressed) {
  button.setAttribute('aria-pressed', String(pressed));
}

/** Put the texts of the language on everything that names its word in the page itself. */
function sayPage() {
  for (const element of document.querySelectorAll('[data-word]')) setText(element, say(element.dataset.word));
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', say(element.dataset.label));
  for (const element of document.querySelectorAll('[data-hint]')) element.setAttribute('placeholder', say(element.dataset.hint));
}
