// Waits for the next build and shows it.
const { number } = document.documentElement.dataset;

async function wait() {
  try {
    const answer = await fetch(`/after?${number}`, { cache: "no-store" });
    if (answer.ok && (await answer.text()) !== number) {
      location.reload();
      return;
    }
    setTimeout(wait, answer.ok ? 0 : 2000);
  } catch {
    // The preview was ended; it may be started again.
    document.getElementById("ended").hidden = false;
    setTimeout(wait, 2000);
  }
}

wait();
