// Hands in the one-time ticket. The answer sets the cookie and carries the browser key.
export default function (component) {
  const { data, parentElement } = component
  const mark = parentElement.querySelector("span")
  if (mark.dataset.ticket === data.ticket) return
  mark.dataset.ticket = data.ticket
  fetch(data.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    keepalive: true,
    body: JSON.stringify({ ticket: data.ticket }),
  })
    .then((answer) => (answer.ok ? answer.json() : null))
    .then((keys) => {
      if (keys) window.localStorage.setItem(data.name, keys.browser)
    })
    // Without its keys the browser is signed in until the page is loaded again; then the form asks once more.
    .catch(() => undefined)
}
