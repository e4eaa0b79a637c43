// Drives the HTML page in a real Chromium: it loads, filters, takes and leaves, downloads; what a text holds stays text.
//
//   node --experimental-websocket tools/page-test/run.mjs target/release/tidyglot [SCREENSHOT_DIR]
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const [binary, shots] = [path.resolve(process.argv[2]), process.argv[3]];
const dir = fs.mkdtempSync(path.join(os.tmpdir(), "page-"));
const rules = `[[rule]]
name = "markup/zzz"
since = "0.1.0"
severity = "warning"
summary = "zzz"
why = "zzz"
when-wrong = "zzz"
message = "{text} stands here"
literals = ["zzz"]
confirm = 'zzz'
replace = "aaa"
safety = "safe"
[[rule.bad]]
text = "a zzz b"
find = "zzz"
fixed = "a aaa b"
[[rule.good]]
text = "zz"
[[rule]]
name = "hidden/qqq"
since = "0.1.0"
severity = "info"
summary = "qqq"
why = "qqq"
when-wrong = "qqq"
message = "{text} stands here"
literals = ["qqq"]
confirm = 'qqq'
replace = "ppp"
safety = "suggested"
[[rule.bad]]
text = "a qqq b"
find = "qqq"
fixed = "a ppp b"
[[rule.good]]
text = "qq"
`;
fs.writeFileSync(path.join(dir, "own.rules"), rules);
fs.mkdirSync(path.join(dir, "texts"));
const english = "\u{1f600} one zzz, two qqq\r\n<script>document.title='run'</script><img src=x onerror=\"document.title='run'\"> zzz\r\n";
fs.writeFileSync(path.join(dir, "texts", "english.txt"), english);
fs.writeFileSync(path.join(dir, "texts", "arabic.txt"), "قال الوزير zzz إن الاجتماع\u200f كان ناجحا\n");
fs.writeFileSync(path.join(dir, "texts", "japanese.txt"), "日本語の文章 zzz です。\n");
const args = ["check", "texts", "--rules", "own.rules", "--select", "markup/zzz,hidden/qqq", "--output", "html=page.html", "--exit-zero"];
execFileSync(binary, args, { cwd: dir });

const chromium = process.env.CHROMIUM || "chromium";
const profile = path.join(dir, "profile");
const browser = spawn(chromium, ["--headless", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", `--user-data-dir=${profile}`, "--window-size=1300,1400", "about:blank"], { stdio: "ignore" });
try {
  const portFile = path.join(profile, "DevToolsActivePort");
  const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
  for (let i = 0; i < 200 && !fs.existsSync(portFile); i++) await sleep(100);
  await sleep(200);
  const port = fs.readFileSync(portFile, "utf8").split("\n")[0];
  const targets = await (await fetch(`http://127.0.0.1:${port}/json`)).json();
  const socket = new WebSocket(targets.find((t) => t.type === "page").webSocketDebuggerUrl);
  await new Promise((done) => socket.addEventListener("open", done));
  let id = 0;
  const waiting = new Map(), problems = [];
  socket.addEventListener("message", ({ data }) => {
    const message = JSON.parse(data);
    if (message.id) waiting.get(message.id)(message);
    if (message.method === "Runtime.exceptionThrown" || message.method === "Log.entryAdded") problems.push(JSON.stringify(message.params));
    if (message.method === "Network.requestWillBeSent" && !message.params.request.url.startsWith("file:") && !message.params.request.url.startsWith("blob:")) problems.push(message.params.request.url);
  });
  const send = (method, params = {}) => new Promise((done) => { waiting.set(++id, done); socket.send(JSON.stringify({ id, method, params })); });
  const run = async (expression) => {
    const { result } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    assert(!result.exceptionDetails, JSON.stringify(result.exceptionDetails));
    return result.result.value;
  };
  const key = async (k) => { await send("Input.dispatchKeyEvent", { type: "keyDown", key: k, text: k }); await send("Input.dispatchKeyEvent", { type: "keyUp", key: k }); };
  for (const domain of ["Page", "Runtime", "Log", "Network"]) await send(`${domain}.enable`);
  await send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: path.join(dir, "downloads") });
  await send("Page.navigate", { url: `file://${dir}/page.html` });
  for (let i = 0; i < 100 && !(await run("document.querySelectorAll('article').length")); i++) await sleep(50);

  const shown = () => run("document.querySelectorAll('article:not([hidden])').length");
  assert.equal(await shown(), 5, "loads");
  assert.equal(await run("document.title"), "tidyglot", "nothing of a text ran");
  assert.equal(await run("document.querySelectorAll('main img, main script').length"), 0);
  assert.equal(await run("document.querySelector('.hidden-char').textContent"), "U+200F");
  assert.equal(await run("getComputedStyle([...document.querySelectorAll('article .text')].find(p => p.textContent.includes('قال'))).direction"), "rtl");

  await run("document.querySelector('input[data-kind=family][data-value=hidden]').click()");
  assert.equal(await shown(), 4, "filters");
  await run("document.querySelector('input[data-kind=file][data-value=\"texts/arabic.txt\"]').click()");
  assert.equal(await shown(), 3);
  await run("[...document.querySelectorAll('input')].filter(i => !i.checked).forEach(i => i.click())");
  assert.equal(await shown(), 5);

  // english.txt is the second file: leave its first suggestion by keyboard, take the second with the button.
  await key("j"); await key("j"); await key("t");
  assert.equal(await run("document.activeElement.dataset.id"), "1.0", "keyboard");
  assert.equal(await run("document.querySelector('[data-take=\"1.0\"]').getAttribute('aria-pressed')"), "false", "leaves");
  await run("document.querySelector('[data-take=\"1.1\"]').click()");
  await run("document.querySelectorAll('details').forEach(d => d.open = true)");
  await sleep(200);
  assert((await run("document.querySelector('[data-cleaned=\"1\"]').textContent")).startsWith("\u{1f600} one zzz, two ppp"), "takes");
  await run("document.querySelector('[data-download=\"1\"]').click()");
  const file = path.join(dir, "downloads", "english.txt");
  for (let i = 0; i < 100 && !fs.existsSync(file); i++) await sleep(50);
  await sleep(200);
  const want = english.replace("qqq", "ppp").replace(/zzz\r\n$/, "aaa\r\n");
  assert.equal(fs.readFileSync(file, "utf8"), want, "downloads exactly what was taken");
  assert.deepEqual(problems, []);
  if (shots) {
    fs.mkdirSync(shots, { recursive: true });
    for (const scheme of ["light", "dark"]) {
      await send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] });
      const { result } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: true });
      fs.writeFileSync(path.join(shots, `page-${scheme}.png`), Buffer.from(result.data, "base64"));
    }
  }
  console.log("the page works");
  socket.close();
} finally {
  browser.kill();
  await new Promise((done) => browser.once("exit", done));
  fs.rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
}
