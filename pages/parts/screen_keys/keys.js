// Moves between the slides by key. Not Escape: clickers send it, and the room would see the presenter's own page.
const KEYS = {
  ArrowRight: "next", PageDown: "next", " ": "next",
  ArrowLeft: "previous", PageUp: "previous",
  Home: "first", End: "last",
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const status = parentElement.querySelector("[role=status]")
  if (status.textContent !== data.said) status.textContent = data.said
  const press = (event) => {
    const to = KEYS[event.key]
    if (!to || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented) return
    if (event.key === " " && event.target.closest("button, a")) return // there it presses what has the focus
    if (event.target.closest("input, textarea, select, [contenteditable]")) return
    event.preventDefault() // no scrolling besides
    setTriggerValue("to", to)
  }
  // Runs again whenever the slide changes, but its end is told only once: no second listener beside the first.
  document.removeEventListener("keydown", parentElement.press)
  parentElement.press = press
  document.addEventListener("keydown", press)
  return () => document.removeEventListener("keydown", press)
}
