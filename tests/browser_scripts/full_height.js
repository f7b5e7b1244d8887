// The height the window needs for the whole page to show: Streamlit scrolls inside its main box.
() => {
  const main = document.querySelector('[data-testid="stMain"]');
  const block = document.querySelector('[data-testid="stMainBlockContainer"]');
  const inside = main ? main.scrollHeight + main.getBoundingClientRect().top : 0;
  const content = block ? block.getBoundingClientRect().height + 80 : 0;
  return Math.ceil(Math.max(document.documentElement.scrollHeight, inside, Math.min(content, inside || content)));
}
