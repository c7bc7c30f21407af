// The script of this page is deflated: here it is unpacked and run. Without it the page can still be filled in and printed.
(async () => {
  const packed = atob(document.getElementById("program").textContent);
  const bytes = Uint8Array.from(packed, (c) => c.charCodeAt(0));
  const open = new DecompressionStream("deflate");
  const script = document.createElement("script");
  script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(open)).text();
  document.body.append(script);
})();
