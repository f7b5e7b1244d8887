// Drops keys that open nothing. The server decides: keys of a newer sign-in in another tab stay.
export default function (component) {
  const { data, parentElement } = component
  const mark = parentElement.querySelector("span")
  if (mark.dataset.done) return
  mark.dataset.done = "yes"
  fetch(data.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    keepalive: true,
    body: "{}",
  })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((answer) => {
      if (answer && answer.forgotten) window.localStorage.removeItem(data.name)
    })
    .catch(() => undefined)
}
