// What pages do beyond HTML. Each part looks for its own marks and does nothing where there are none; every page
// works without this file.

/** After a refused form the summary of its errors is what a screen reader hears first. */
function focusErrors() {
  document.querySelector('.error-summary')?.focus();
}

/** A second press while the first is under way would be answered like the first; the word says that it runs. */
function markBusy() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent === 'yes') {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    // A page that comes back from the browser's cache must be usable again.
    addEventListener('pageshow', () => delete form.dataset.sent, { once: true });
  });
}

/** A menu closes on Escape and when something else is pressed. */
function closeMenus() {
  const menus = document.querySelectorAll('details.menu');
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    for (const menu of menus) {
      if (!menu.open) continue;
      menu.open = false;
      menu.querySelector('summary').focus();
    }
  });
  document.addEventListener('click', (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });
}

/** Forms that the server answers while they are filled in. */
async function answerForms() {
  const forms = document.querySelectorAll('form[data-answered-by]');
  if (forms.length === 0) return;
  const { answerWhileTyped } = await import('./answered-form.js');
  for (const form of forms) answerWhileTyped(form);
}

/** Figures that move by themselves. */
async function watchFigures() {
  const place = document.querySelector('[data-watched]');
  if (!place) return;
  const { watch } = await import('./watched.js');
  watch(place);
}

focusErrors();
markBusy();
closeMenus();
answerForms();
watchFigures();
