// Shows the browser key to the server, which holds the cookie against it.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  const mark = parentElement.querySelector("span")
  if (mark.dataset.shown) return
  mark.dataset.shown = "yes"
  let key = ""
  try {
    key = window.localStorage.getItem(data.name) ?? ""
  } catch {
    // The browser keeps nothing for this site: the form will ask.
  }
  setTriggerValue("shown", { key })
}
