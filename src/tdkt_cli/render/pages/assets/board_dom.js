// Elements of the page. Text gets onto the page as text nodes only.

const SVG = 'http://www.w3.org/2000/svg';

function byId(id) {
  return document.getElementById(id);
}

/** Make an element with attributes and children; null, false and empty ones are left out. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
  return element;
}

/** Make an element for text from a file, which keeps its own writing direction. */
function own(text, tag = 'bdi') {
  return make(tag, tag === 'bdi' ? {} : { dir: 'auto' }, text);
}

/** Make the sign of a state, to stand beside its words. */
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

/** Show or hide an element; the page is touched only if something changes. */
function setHidden(element, hidden) {
  if (element.hidden !== hidden) element.hidden = hidden;
}

function press(button, pressed) {
  button.setAttribute('aria-pressed', String(pressed));
}

/** Put texts on the elements of the template that name the key of their text. */
function sayPage() {
  for (const element of document.querySelectorAll('[data-word]')) setText(element, say(element.dataset.word));
  for (const element of document.querySelectorAll('[data-label]')) element.setAttribute('aria-label', say(element.dataset.label));
  for (const element of document.querySelectorAll('[data-hint]')) element.setAttribute('placeholder', say(element.dataset.hint));
}
