// Keeps what is typed into the five questions, and shows beside them what it triggers. Without this file the same
// comes by the buttons of the form.

const form = document.querySelector('form[data-live]');
const beside = document.querySelector('[data-triggers]');
const note = document.querySelector('[data-saved]');

const PAUSE_MS = 600;
const AGAIN_MS = 5000;

let timer;
let asking;
let unsaved = false;

function body() {
  return new URLSearchParams(new FormData(form));
}

function soon(pause) {
  clearTimeout(timer);
  timer = setTimeout(keep, pause);
}

/** Sends the form as it stands; an answer that a later one has overtaken is thrown away. */
async function keep() {
  asking?.abort();
  const mine = new AbortController();
  asking = mine;
  unsaved = false;
  try {
    const answer = await fetch(form.dataset.live, { method: 'POST', body: body(), signal: mine.signal });
    if (!answer.ok) throw new Error(String(answer.status));
    const html = await answer.text();
    if (asking === mine) show(html);
  } catch {
    if (mine.signal.aborted) return;
    unsaved = true;
    note.textContent = note.dataset.failed;
    soon(AGAIN_MS);
  }
}

function show(html) {
  beside.innerHTML = html;
  const { words, suggests, bar } = beside.firstElementChild.dataset;
  saySaved(words);
  document.querySelector('[data-bar] a').textContent = bar;
  markSuggested(new Set(suggests.split(' ')));
}

function saySaved(words) {
  note.textContent = '';
  if (words === '') return;
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', '#i-met');
  icon.append(use);
  const said = document.createElement('span');
  said.textContent = words;
  note.append(icon, said);
}

/** The kinds that fit what was typed carry the word for it. */
function markSuggested(kinds) {
  for (const input of form.querySelectorAll('input[name=kind]')) {
    const label = input.nextElementSibling;
    label.querySelector('.caption')?.remove();
    if (!kinds.has(input.value)) continue;
    const caption = document.createElement('span');
    caption.className = 'caption';
    caption.textContent = beside.dataset.suggested;
    label.append(caption);
  }
}

/** A country at one press goes into the first empty row; where there is none, the server makes one. */
function addPlace(event) {
  const button = event.target.closest('button[name=add-place]');
  if (!button) return;
  const free = [...form.querySelectorAll('input[name=place]')].find(({ value }) => value.trim() === '');
  if (!free) return;
  event.preventDefault();
  free.value = button.value;
  button.remove();
  free.closest('li').classList.add('filled');
  free.closest('li').querySelector('input[name=people]').focus();
  touched();
}

function touched() {
  unsaved = true;
  soon(PAUSE_MS);
}

if (form && beside && note) {
  form.addEventListener('input', touched);
  form.addEventListener('click', addPlace);
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    asking?.abort();
    unsaved = false;
  });
  // Whoever closes the tab in the middle of a word loses not even that.
  addEventListener('pagehide', () => {
    if (unsaved) navigator.sendBeacon(form.dataset.live, body());
  });
  for (const button of form.querySelectorAll('.no-script')) button.hidden = true;
}
