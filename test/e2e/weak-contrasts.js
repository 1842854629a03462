/** Runs in the page: texts whose contrast with what is behind them is below 4.5 (WCAG 2.2, 1.4.3). */
(() => {
  const channels = color => (color.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = color => {
    const [r = 0, g = 0, b = 0] = channels(color).map(value => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = element => {
    for (let at = element; at !== null; at = at.parentElement) {
      const {backgroundColor} = getComputedStyle(at);
      if ((channels(backgroundColor)[3] ?? 1) > 0) return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const weak = new Set();
  for (const each of document.querySelectorAll('details')) each.open = true;
  for (const line of [...document.querySelectorAll('.log .line')].slice(0, 2)) line.classList.add('hit');
  document.querySelector('.log .line')?.classList.add('here');
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement;
    if (element === null || node.textContent?.trim() === '' || element.closest('script, style, .hidden') !== null)
      continue;
    const [text, ground] = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    const ratio = (Math.max(text, ground) + 0.05) / (Math.min(text, ground) + 0.05);
    if (ratio < 4.5)
      weak.add(`${ratio.toFixed(2)} ${element.className || element.localName}: ${node.textContent?.slice(0, 40)}`);
  }
  return [...weak];
})();
