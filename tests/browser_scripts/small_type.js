// Texts in sight whose type is smaller than `limit` pixels or whose element sticks out of the window, in words.
(limit) => {
  const found = [];
  const walker = document.createTreeWalker(document.querySelector('[data-testid="stMain"]'), NodeFilter.SHOW_TEXT);
  let texts = 0;
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const box = element.getBoundingClientRect();
    const style = getComputedStyle(element);
    if (!walker.currentNode.data.trim() || box.width <= 1 || style.visibility === "hidden" || style.display === "none") continue;
    if (element.closest("style, .pl-demonstration")) continue;
    texts += 1;
    const size = parseFloat(style.fontSize);
    if (size < limit) found.push(`${size} px: ${walker.currentNode.data.trim().slice(0, 60)}`);
    if (box.bottom > innerHeight + 1 || box.right > innerWidth + 1) found.push(`out of sight: ${walker.currentNode.data.trim().slice(0, 60)}`);
  }
  return texts ? found : ["no text at all"];
}
