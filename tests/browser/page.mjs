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
  "english.txt": [
    "Ferry season opens a week early",
    "The port opens in May this year, and the harbour m\u0430ster is pleased. \u200bThe first boat leaves at eight; the caf\u00c3\u00a9 beside the pier serves breakfast from seven.",
    "Fares stay as they are. Children under six travel free, and a bicycle costs two euros. Visitors who come by train find the quay a short walk from platform 3.",
    "\u201cWe had hoped for April,\u201d said Ingrid Halvorsen, who runs the ticket office, \u201cbut the new landing stage wasn\u00e2\u0080\u0099t ready.\u201d",
  ].join("\n\n") + "\n",
  "arabic.txt": [
    "افتتاح المكتبة العامة بعد الترميم",
    "أعلنت البلدية افتتاح المكتبة يوم الاثنين بعد عامين من أعمال الترميم. وحضر الحفل \u202eعدد كبير من الأهالي والطلاب.",
    "قال المدير إن الکتاب الأول وصل في عام 1962، وإن القاعة تتسع اليوم لأكثر من 300 قارئ. وتفتح المكتبة أبوابها من الساعة 9:00 حتى 17:30.",
    "وأضافت أمينة المكتبة أن قسم الأطفال يضم أجهزة Braille وحواسيب جديدة.",
  ].join("\n\n") + "\n",
  "japanese.txt": [
    "図書館が月曜日に再び開館",
    "村の図書館が月曜日に再び開館する。窓口サ一ビスは九時から始まり、⽇曜日は休館となる。",
    "館長は「子どもたちの声が戻ってくるのが楽しみです」と話した。新しい閲覧室には三百席がある。",
    "駅からは徒歩五分。駐車場は２０台分で、バス停は正面にある。",
  ].join("\n\n") + "\n",
  "french.txt": "Le caf\u00c3\u00a9 ouvre à neuf heures\u00a0; il ferme à minuit\u202f! On y parle «\u00a0de tout\u00a0».\n",
  "persian.txt": "کتاب\u200cها را از کتاب\u200cخانه می\u200cگیرند.\n\nاو گفت \u202eکه می\u200cآید.\n",
  "hostile <img src=x onerror=alert(1)>.txt": "</script><script>document.title='owned'</script> m\u0430ster <b onmouseover=alert(1)>x</b> </textarea><!-- \u2028\n",
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
  assert.equal(await page.locator("#files li").count(), 6);
  assert.match(await page.textContent("#sums"), /6 files/);
  assert.ok((await page.locator("#charts rect").count()) >= 4, "a chart of findings");
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
  for (const severity of ["error", "warning", "info"]) await page.uncheck(`[data-filter=${severity}]`);
  assert.equal(await cards(), 0);
  for (const severity of ["error", "warning", "info"]) await page.check(`[data-filter=${severity}]`);
  assert.equal(await cards(), all);
});
await test("finds a file by its name", async () => {
  await page.fill("#search", "JAPAN");
  assert.deepEqual(await page.locator("#files li bdi").allTextContents(), ["japanese.txt"]);
  await page.fill("#search", "");
});
await test("what good typography and spelling need is no damage", async () => {
  await open("french.txt");
  assert.deepEqual(await page.locator(".original .hid").allTextContents(), []);
  assert.equal(await page.locator(".original .nb").count(), 4);
  await open("persian.txt");
  assert.deepEqual(await page.locator(".original .hid").allTextContents(), ["U+202E"]);
  assert.ok((await page.textContent(".original")).includes("می\u200cگیرند"));
});
await test("right-to-left text runs from the right", async () => {
  await open("arabic.txt");
  assert.equal(await page.locator(".original").evaluate((e) => getComputedStyle(e).direction), "rtl");
  await open("english.txt");
  assert.equal(await page.locator(".original").evaluate((e) => getComputedStyle(e).direction), "ltr");
});
await test("takes and leaves, and downloads exactly what was taken", async () => {
  await page.click("#leave-all");
  assert.equal(await download(), input["english.txt"]);
  await page.locator(".finding", { hasText: "script/" }).first().locator("[data-act=take]").click();
  assert.equal(await download(), input["english.txt"].replace("m\u0430ster", "master"));
  assert.equal(await page.locator(".finding", { hasText: "script/" }).first().locator(".after ins").textContent(), "a");
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
await page.reload();
for (const scheme of ["light", "dark"]) {
  await page.emulateMedia({ colorScheme: scheme });
  for (const name of ["english", "arabic", "japanese"]) {
    await open(name + ".txt");
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ fullPage: true, path: join(shots, `${name}-${scheme}.png`) });
  }
}
await test("every script can be read on its ground", async () => {
  const luminance = (c) => { const [r, g, b] = c.match(/\d+(\.\d+)?/g).map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  for (const scheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const name of ["english", "arabic", "japanese"]) {
      await open(name + ".txt");
      const pairs = await page.locator("mark [class^=s-]").evaluateAll((list) => list.map((e) => [getComputedStyle(e).color, getComputedStyle(e.closest("mark")).backgroundColor]));
      assert.ok(pairs.length);
      for (const [fore, back] of pairs) {
        const [a, b] = [luminance(fore), luminance(back)].sort((x, y) => y - x);
        assert.ok((a + 0.05) / (b + 0.05) >= 4.5, `${scheme} ${name}: ${fore} on ${back}`);
      }
    }
  }
});
await test("no network, no error", async () => {
  assert.deepEqual(asked.filter((u) => !u.startsWith("file://") && !u.startsWith("blob:")), []);
  assert.deepEqual(trouble, []);
});
await browser.close();
console.log(`${passed} passed, 0 failed`);
