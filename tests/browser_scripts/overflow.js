// Elements whose right edge lies outside the window, in words; boxes that scroll or clip by themselves are skipped.
() => {
  const limit = document.documentElement.clientWidth + 1;
  const found = [];
  const scrolls = (element) => ["auto", "scroll", "hidden", "clip"].includes(getComputedStyle(element).overflowX);
  const main = document.querySelector('[data-testid="stMain"]');
  for (const box of [document.documentElement, main]) {
    if (box && box.scrollWidth > box.clientWidth + 1) {
      found.push(`${box.tagName} ${box.dataset.testid || ""} scrolls sideways: ${box.scrollWidth} in ${box.clientWidth}`);
    }
  }
  const insideABox = (element) => {
    for (let parent = element.parentElement; parent && parent !== main; parent = parent.parentElement) {
      if (scrolls(parent)) return true;
    }
    return false;
  };
  for (const element of main ? main.querySelectorAll("*") : []) {
    const edge = element.getBoundingClientRect();
    if (edge.width > 0 && edge.height > 0 && edge.right > limit && !insideABox(element)) {
      found.push(`<${element.tagName.toLowerCase()} class="${element.getAttribute("class") || ""}"> ends at ${Math.round(edge.right)}`);
    }
  }
  return found.slice(0, 12);
}
