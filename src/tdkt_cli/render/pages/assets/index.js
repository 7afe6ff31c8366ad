// The page of feeds: buttons that copy, and a search.

// Buttons that copy an address. If the browser does not allow that, the address is selected for copying by hand.
const copied = document.getElementById('copied');
for (const button of document.querySelectorAll('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const code = button.previousElementSibling;
    try {
      await navigator.clipboard.writeText(code.textContent);
      button.textContent = button.dataset.done;
      button.setAttribute('aria-label', button.dataset.said);
      copied.textContent = button.dataset.said;
    } catch {
      getSelection().selectAllChildren(code);
    }
  });
}

// The search hides the feeds that do not match.
const sections = [...document.querySelectorAll('.kind')].map((section) => ({
  section,
  feeds: [...section.querySelectorAll('.feed')].map((feed) => ({ feed, name: fold(feed.querySelector('h3').textContent) })),
}));
const find = document.getElementById('find');
const status = document.querySelector('.find [role="status"]');
find.parentElement.hidden = false;
find.addEventListener('input', () => {
  const words = fold(find.value);
  let any = false;
  for (const { section, feeds } of sections) {
    for (const { feed, name } of feeds) feed.hidden = !name.includes(words);
    section.hidden = feeds.every(({ feed }) => feed.hidden);
    any = any || !section.hidden;
  }
  status.textContent = any ? '' : status.dataset.none;
});
