// A form that is answered while it is filled in: the server computes what stands in it, and its answer takes the
// place of a part of the page. Without this file the form's own button does the same.
const PAUSE_MS = 200;

/** @param {HTMLFormElement} form with `data-answered-by` (an address) and `data-answer-into` (an element's id) */
export function answerWhileTyped(form) {
  const into = document.getElementById(form.dataset.answerInto);
  let timer = 0;
  let asking = new AbortController();

  async function ask() {
    asking.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(form.dataset.answeredBy, {
        method: 'POST',
        body: new URLSearchParams(new FormData(form)),
        headers: { accept: 'text/html' },
        signal: asking.signal,
      });
      // What is refused stays as it was; pressing the button says why.
      if (answer.ok) into.innerHTML = await answer.text();
    } catch (error) {
      if (error.name !== 'AbortError') for (const button of buttons) button.hidden = false;
    }
  }

  const buttons = form.querySelectorAll('[data-answered]');
  for (const button of buttons) button.hidden = true;
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE_MS);
  });
}
