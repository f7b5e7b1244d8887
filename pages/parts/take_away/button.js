// Asks for the table as files when it is pressed, and says in words why there are none.
export default function (component) {
  const { data, parentElement } = component
  const button = parentElement.querySelector("button")
  const said = parentElement.querySelector("[role=status]")
  // Several tables on a page: a screen reader tells the buttons apart by what follows their common words.
  button.querySelector("span").textContent = `: ${data.title}`
  if (said.offer !== data.offer) say(said, "", false) // what was said of another table
  said.offer = data.offer
  button.onclick = async () => {
    if (button.getAttribute("aria-disabled") === "true") return
    button.setAttribute("aria-disabled", "true") // not "disabled": the keyboard's place would be lost
    say(said, "Preparing the file…", true)
    try {
      await take(data, said)
    } catch {
      say(said, "The portal did not answer. Try again in a moment.", true)
    }
    button.removeAttribute("aria-disabled")
  }
}

async function take(data, said) {
  const answer = await fetch(data.address, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    body: JSON.stringify({ browser: browserKey(data.name), offer: data.offer }),
  })
  if (!answer.ok) {
    const why = await answer.json()
    say(said, `${why.title}. ${why.message}`, true)
    return
  }
  const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"))[1]
  const link = document.createElement("a")
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60000) // the browser may still be reading it
  say(said, `${name} is in your downloads.`, false) // the browser shows it too
}

function say(said, words, seen) {
  said.textContent = words
  said.classList.toggle("pl-hidden", !seen)
}

function browserKey(name) {
  try {
    return window.localStorage.getItem(name) ?? ""
  } catch {
    return "" // the browser keeps nothing for this site: the portal will say what to do
  }
}
