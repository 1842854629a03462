// The script of the HTML report. The build embeds it; without it, everything but the search and the copying works.
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

  function setUpSearch(log) {
    const form = log.querySelector('.search');
    const input = form.querySelector('input');
    const output = form.querySelector('output');
    const lines = all('.line', log).map(element => ({element, text: element.querySelector('code').textContent}));
    let hits = [];
    let here = -1;

    // As less has it: small letters find capitals too.
    const find = () => {
      const query = input.value;
      const sensitive = query !== query.toLowerCase();
      const contains = text => (sensitive ? text : text.toLowerCase()).includes(query);
      for (const {element} of hits) element.classList.remove('hit', 'here');
      hits = query === '' ? [] : lines.filter(({text}) => contains(text));
      for (const {element} of hits) element.classList.add('hit');
      here = -1;
      say();
    };
    const say = () => {
      if (input.value === '') output.textContent = '';
      else if (hits.length === 0) output.textContent = 'no line';
      else
        output.textContent =
          here < 0 ? `${hits.length} line${hits.length === 1 ? '' : 's'}` : `${here + 1} of ${hits.length}`;
    };
    const go = by => {
      if (hits.length === 0) return;
      hits[here]?.element.classList.remove('here');
      here = here < 0 && by < 0 ? hits.length - 1 : (here + by + hits.length) % hits.length;
      const {element} = hits[here];
      element.classList.add('here');
      element.scrollIntoView({block: 'center'});
      say();
    };

    input.addEventListener('input', find);
    form.addEventListener('submit', event => {
      event.preventDefault();
      go(1);
    });
    input.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        event.preventDefault();
        go(event.shiftKey ? -1 : 1);
      } else if (event.key === 'Escape') {
        input.value = '';
        find();
        input.blur();
      }
    });
    form.querySelector('.next').addEventListener('click', () => go(1));
    form.querySelector('.previous').addEventListener('click', () => go(-1));
    form.hidden = false;
    return input;
  }

  const inputs = all('.log').map(setUpSearch);

  // `/` searches the log of the boot that is in sight, as in less.
  addEventListener('keydown', event => {
    if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || inputs.length === 0) return;
    if (event.target.closest('input, textarea, [contenteditable]')) return;
    event.preventDefault();
    const inSight = inputs.findLast(input => input.closest('.boot').getBoundingClientRect().top < innerHeight / 2);
    (inSight ?? inputs[0]).focus();
  });

  if (navigator.clipboard !== undefined) {
    for (const command of all('.command')) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'copy';
      button.textContent = 'Copy';
      const text = command.textContent;
      button.addEventListener('click', async () => {
        try {
          await navigator.clipboard.writeText(text);
          button.textContent = 'Copied';
        } catch {
          button.textContent = 'Not allowed';
        }
        setTimeout(() => {
          button.textContent = 'Copy';
        }, 2000);
      });
      command.append(button);
      command.parentElement.classList.add('copyable');
    }
  }

  // What is folded is printed, too.
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = all('details:not([open])');
    for (const each of folded) each.open = true;
  });
  addEventListener('afterprint', () => {
    for (const each of folded) each.open = false;
  });
})();
