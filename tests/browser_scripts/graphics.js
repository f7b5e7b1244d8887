// Every image, canvas and chart drawing of the main box: what it is, and whether something is painted in it.
async () => {
  const main = document.querySelector('[data-testid="stMain"]') || document.body;
  const manyColours = (source, width, height) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.min(600, width));
    canvas.height = Math.max(1, Math.min(600, height));
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(source, 0, 0, canvas.width, canvas.height);
    const pixels = new Uint32Array(context.getImageData(0, 0, canvas.width, canvas.height).data.buffer);
    return pixels.some((pixel) => pixel !== pixels[0]);
  };
  const found = [];
  for (const image of main.querySelectorAll("img")) {
    await image.decode().catch(() => {});
    const size = image.getBoundingClientRect();
    const painted = image.naturalWidth > 0 && size.width > 1 && size.height > 1
      && manyColours(image, image.naturalWidth, image.naturalHeight);
    found.push({ what: `image: ${image.alt || image.src.slice(0, 60)}`, painted });
  }
  for (const canvas of main.querySelectorAll("canvas")) {
    if (canvas.closest('[data-testid="stDataFrame"]')) continue; // a table's layers: some stay blank by design
    const painted = canvas.width > 1 && canvas.height > 1 && manyColours(canvas, canvas.width, canvas.height);
    found.push({ what: `canvas of ${canvas.width}×${canvas.height}`, painted });
  }
  for (const chart of main.querySelectorAll('[data-testid="stVegaLiteChart"]')) {
    const drawing = chart.querySelector("canvas, svg");
    const size = (drawing || chart).getBoundingClientRect();
    const marks = drawing && (drawing.tagName === "CANVAS" || drawing.querySelector("path, rect, text, circle"));
    found.push({ what: `chart ${drawing ? "" : "without a drawing"}`, painted: Boolean(marks) && size.width > 20 && size.height > 20 });
  }
  return found;
}
