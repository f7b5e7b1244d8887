// Makes of a slide the fullest one there can be: three rows, names of 90 letters, two lines on what is in doubt.
() => {
  const list = document.querySelector(".pl-slide-rows");
  const row = [...list.children].find((one) => one.querySelector(".pl-verdict") && one.querySelector("p.pl-faint"));
  list.replaceChildren(row, row.cloneNode(true), row.cloneNode(true));
  list.classList.remove("pl-slide-few");
  const words = "Education, health and care plans issued within 20 weeks of the request, exceptions included ";
  for (const one of list.children) {
    one.classList.add("pl-slide-long");
    one.querySelector("h2").textContent = words.slice(0, 90);
    one.querySelector(".pl-slide-doubt").textContent = words.repeat(3).slice(0, 230);
    one.querySelector(".pl-verdict").lastChild.textContent = "Target missed";
  }
  document.querySelector(".pl-slide h1").textContent = "One target is missed, two numbers cannot support a decision today";
  document.querySelector(".pl-slide-head > :first-child").textContent = words.repeat(2);
}
