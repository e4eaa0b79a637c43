// The HTML report in a real browser: loads without a network or an error, filters, takes and leaves, downloads exactly
// the taken suggestions, and shows hostile markup as text. Run by tools/browser-test; arguments: BINARY FOLDER SHOTS.
import { chromium } from "playwright-core";
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import assert from "node:assert/strict";

const [binary, folder, shots] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
mkdirSync(shots, { recursive: true });
const input = {
  "english.txt": "The port opens in May.\n\nThe harbour mаster was pleased. \u200bHe said so: caf\u00c3\u00a9 and tea.\n",
  "arabic.txt": "أعلنت البلدية افتتاح المكتبة يوم الاثنين. وحضر الحفل \u202eعدد كبير من الأهالي.\n\nقال المدير إن الکتاب الأول وصل.\n",
  "japanese.txt": "村の図書館が月曜日に再び開館する。\n\n窓口サ一ビスは九時から始まる。⽇曜日は休館する。\n",
  "hostile <img src=x onerror=alert(1)>.txt": "</script><script>document.title='owned'</script> mаster <b onmouseover=alert(1)>x</b> </textarea><!-- \u2028\n",
};
for (const [name, text] of Object.entries(input)) writeFileSync(join(folder, name), text);
const page_file = join(folder, "report.html");
try {
  execFileSync(binary, ["check", "--isolated", "--format", "html", "--output", page_file, ...Object.keys(input)], { cwd: folder });
} catch (e) {
  assert.equal(e.status, 1, String(e.stderr));
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await (await browser.newContext({ acceptDownloads: true, viewport: { width: 1280, height: 900 } })).newPage();
const trouble = [], asked = [];
page.on("pageerror", (e) => trouble.push(e.message));
page.on("console", (m) => m.type() === "error" && trouble.push(m.text()));
page.on("dialog", (d) => { trouble.push("dialog " + d.message()); d.dismiss(); });
page.on("request", (r) => asked.push(r.url()));
await page.goto("file://" + page_file);

let passed = 0;
const test = async (name, run) => { await run(); passed += 1; console.log("ok", name); };
const open = (name) => page.locator("#files button", { hasText: name }).click();
const cards = () => page.locator(".finding").count();
const download = async () => {
  const [d] = await Promise.all([page.waitForEvent("download"), page.click("#download")]);
  return readFileSync(await d.path(), "utf8");
};

await test("loads and lists every file", async () => {
  assert.equal(await page.locator("#files li").count(), 4);
  assert.match(await page.textContent("#sums"), /4 files/);
});
await test("hidden characters are spelled out", async () => {
  await open("english.txt");
  assert.ok((await page.locator(".hid").allTextContents()).includes("U+200B"));
});
await test("filters by family and severity", async () => {
  const all = await cards();
  await page.uncheck("[data-filter=encoding]");
  assert.ok((await cards()) < all);
  await page.check("[data-filter=encoding]");
  assert.equal(await cards(), all);
});
await test("takes and leaves, and downloads exactly what was taken", async () => {
  await page.click("#leave-all");
  assert.equal(await download(), input["english.txt"]);
  await page.locator(".finding", { hasText: "script/" }).first().locator("[data-act=take]").click();
  assert.equal(await download(), input["english.txt"].replace("mаster", "master"));
  await page.click("#take-all");
  const text = await download();
  assert.ok(text.includes("café") && text.includes("master") && !text.includes("\u200b"), text);
});
await test("works by keyboard", async () => {
  await page.click("#leave-all");
  await page.locator("h2").click();
  await page.keyboard.press("t");
  assert.match(await page.textContent("#sums"), /· [1-9]\d* suggestions taken/);
  await page.keyboard.press("j");
  assert.equal(await page.locator(".finding.current").count(), 1);
});
await test("hostile markup is text", async () => {
  await open("hostile");
  assert.equal(await page.title(), "tidyglot report");
  assert.equal(await page.locator("#file img, #file b, nav img").count(), 0);
  assert.ok((await page.textContent(".original")).includes("</script><script>"));
});
for (const scheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const name of ["english", "arabic", "japanese"]) {
    await open(name + ".txt");
    await page.screenshot({ path: join(shots, `${name}-${scheme}.png`) });
  }
}
await test("no network, no error", async () => {
  assert.deepEqual(asked.filter((u) => !u.startsWith("file://") && !u.startsWith("blob:")), []);
  assert.deepEqual(trouble, []);
});
await browser.close();
console.log(`${passed} passed, 0 failed`);
