// Figures that the server tells anew while a letter leaves. Without this file a button looks again.

/** @param {HTMLElement} place with `data-watched`: the address of the events */
export function watch(place) {
  for (const one of place.parentElement.querySelectorAll('.no-script')) one.remove();
  const source = new EventSource(place.dataset.watched);
  source.addEventListener('figures', ({ data }) => {
    place.innerHTML = JSON.parse(data);
    place.removeAttribute('aria-busy');
  });
  // The page around the figures says something else now; nobody's typing is thrown away for it.
  source.addEventListener('changed', () => {
    source.close();
    if (!document.activeElement?.matches('input, textarea, select')) location.reload();
  });
  source.addEventListener('error', () => place.setAttribute('aria-busy', 'true'));
}
