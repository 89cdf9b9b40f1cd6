# SPDX-License-Identifier: MIT
"""The pages in a real browser: looked up without script, on wide and narrow screens, light and dark.

PORTROLL_BUILD names the build folder. Skips where there is no chromium.
"""
import csv
import os
import shutil
import subprocess
import tempfile
import unittest

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    webdriver = None

BUILD = os.environ.get("PORTROLL_BUILD", "build")
COLUMNS = ["Service Name", "Port Number", "Transport Protocol", "Description", "Assignee", "Contact",
           "Registration Date", "Modification Date", "Reference", "Service Code",
           "Unauthorized Use Reported", "Assignment Notes"]
ROWS = [
    ["http", "80", "tcp", "World Wide Web HTTP", "[IESG]", "[IETF_Chair]", "", "2021-10-01",
     "[RFC9110]", "", "", "Defined TXT keys: u= p= path="],
    ["914c/g", "211", "tcp", "Texas Instruments 914C/G Terminal"] + [""] * 8,
    ["<img src=x onerror=alert(1)>", "666", "tcp", "<script>alert(1)</script>"] + [""] * 8,
    ["mysql", "3306", "tcp", "MySQL", "[Monty]", "[Monty]"] + [""] * 6,
    ["mysql", "3306", "udp", "MySQL", "[Monty]", "[Monty]"] + [""] * 6,
    ["satvid-datalnk", "3367-3371", "", "Satellite Video Data Link"] + [""] * 8,
] + [["", str(port), "tcp", "Reserved"] + [""] * 8 for port in range(5000, 5150)]
PATHS = ["/", "/ports/3306", "/ports/666", "/ports/3300-3310", "/names/914c%2Fg", "/about",
         "/search?q=satellite+video", "/search?q=reserved&how=text", "/people/IESG", "/nowhere"]

# The luminance formula of WCAG 2; a text against the nearest background that is not transparent.
CONTRAST = """
const channel = v => { v /= 255; return v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
const parse = c => c.match(/[0-9.]+/g).map(Number);
const light = c => 0.2126 * channel(c[0]) + 0.7152 * channel(c[1]) + 0.0722 * channel(c[2]);
const behind = e => {
    for (; e; e = e.parentElement) {
        const c = parse(getComputedStyle(e).backgroundColor);
        if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
};
const bad = [];
for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own || !e.getClientRects().length) continue;
    const a = light(parse(getComputedStyle(e).color)), b = light(behind(e));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) bad.push(e.tagName + ' ' + e.textContent.slice(0, 30) + ' ' + ratio.toFixed(2));
}
return bad;
"""


@unittest.skipUnless(webdriver and shutil.which("chromium"), "chromium or python3-selenium is missing")
class Pages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp(prefix="portroll-browser-")
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)
        file = os.path.join(cls.folder, "registry.csv")
        with open(file, "w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([COLUMNS] + ROWS)
        environment = dict(os.environ, PORTROLL_DIR=os.path.join(cls.folder, "roll"),
                           PORTROLL_STATE=os.path.join(cls.folder, "state"))
        subprocess.run([f"{BUILD}/src/keeper/portroll-keeper", "import", "--source", "iana", "--dated",
                        "2026-02-13", "--quiet", file], env=environment, check=True)
        cls.server = subprocess.Popen([f"{BUILD}/src/serve/portroll-serve", "--listen", "127.0.0.1:0"],
                                      env=environment, stderr=subprocess.PIPE, text=True)
        cls.addClassCleanup(cls.end_server)
        cls.base = cls.server.stderr.readline().split()[-1].rstrip("/")
        options = Options()
        options.binary_location = shutil.which("chromium")
        for flag in ["headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
                     "disable-background-networking", "disable-component-update", "disable-sync",
                     "user-data-dir=" + os.path.join(cls.folder, "profile")]:
            options.add_argument("--" + flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        cls.driver = webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)
        cls.addClassCleanup(cls.driver.quit)

    @classmethod
    def end_server(cls):
        cls.server.terminate()
        cls.server.wait(20)
        cls.server.stderr.close()

    def screen(self, width, scheme):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": scheme}]})

    def open(self, path):
        self.driver.get(self.base + path)

    def text(self):
        return self.driver.find_element(By.TAG_NAME, "main").text

    def look_up(self, words):
        self.open("/")
        start = self.driver.current_url
        wait = WebDriverWait(self.driver, 20)
        # The focus comes after the page has loaded, and the answer after the key.
        wait.until(lambda d: d.switch_to.active_element.tag_name == "input")
        self.driver.switch_to.active_element.send_keys(words, Keys.ENTER)
        wait.until(lambda d: d.current_url != start and
                   d.execute_script("return document.readyState") == "complete")

    def test_the_search_field_has_the_focus_and_leads_to_a_port(self):
        self.look_up("3306")
        self.assertTrue(self.driver.current_url.endswith("/ports/3306"))
        self.assertIn("Assigned", self.text())
        self.assertIn("MySQL", self.text())
        self.assertIn("copy of 2026-02-13", self.text())

    def test_a_name_with_a_slash_is_found(self):
        self.look_up("914c/g")
        self.assertTrue(self.driver.current_url.endswith("/names/914c%2Fg"))

    def test_words_are_found(self):
        self.look_up("satellite video")
        self.assertIn("satvid-datalnk", self.text())
        self.assertIn("1 record", self.text())

    def test_a_result_is_paged_and_sorted_by_links(self):
        self.open("/search?q=reserved&how=text")
        rows = self.driver.find_elements(By.CSS_SELECTOR, "table.records tbody tr")
        self.assertEqual(len(rows), 100)
        self.driver.find_element(By.LINK_TEXT, "Port Number").click()
        self.driver.find_element(By.LINK_TEXT, "Port Number").click()
        first = self.driver.find_element(By.CSS_SELECTOR, "table.records tbody td.port")
        self.assertEqual(first.text, "5149")
        self.driver.find_element(By.LINK_TEXT, "2").click()
        rows = self.driver.find_elements(By.CSS_SELECTOR, "table.records tbody tr")
        self.assertEqual(len(rows), 50)

    def test_markup_in_records_stays_text(self):
        self.open("/ports/666")
        self.assertIn("<script>alert(1)</script>", self.text())
        self.assertIn("<img src=x onerror=alert(1)>", self.text())
        self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "script, img[src=x]"), [])

    def test_the_browser_has_nothing_to_complain_of(self):
        self.driver.get_log("browser")  # what other tests left there
        for path in PATHS[:-1]:
            self.open(path)
            self.assertEqual(self.driver.get_log("browser"), [], path)

    def test_the_map_is_a_picture(self):
        self.open("/")
        image = self.driver.find_element(By.CSS_SELECTOR, "img.map")
        self.assertGreater(self.driver.execute_script("return arguments[0].naturalWidth", image), 0)

    def test_no_page_is_wider_than_the_screen(self):
        for width in (1280, 390):
            self.screen(width, "light")
            for path in PATHS:
                self.open(path)
                wide = self.driver.execute_script("return document.documentElement.scrollWidth")
                self.assertLessEqual(wide, width, path)

    def test_texts_have_contrast_in_light_and_dark(self):
        for width in (1280, 390):
            for scheme in ("light", "dark"):
                self.screen(width, scheme)
                for path in PATHS:
                    self.open(path)
                    self.assertEqual(self.driver.execute_script(CONTRAST), [], (scheme, path))

    def test_dark_is_dark(self):
        shades = {}
        for scheme in ("light", "dark"):
            self.screen(1280, scheme)
            self.open("/")
            shades[scheme] = self.driver.execute_script(
                "return getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
        self.assertGreater(min(shades["light"]), 200)
        self.assertLess(max(shades["dark"]), 60)

    def test_a_screen_reader_finds_its_way(self):
        for path in PATHS:
            self.open(path)
            for selector in ("html[lang]", "main#content", "header", "footer", "nav[aria-label]", "title"):
                self.assertTrue(self.driver.find_elements(By.CSS_SELECTOR, selector), (path, selector))
            self.assertEqual(len(self.driver.find_elements(By.TAG_NAME, "h1")), 1, path)
            for field in self.driver.find_elements(By.CSS_SELECTOR, "input[type=search]"):
                label = f"label[for={field.get_attribute('id')}]"
                self.assertTrue(self.driver.find_elements(By.CSS_SELECTOR, label), path)
            self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "img:not([alt])"), [], path)
            self.assertEqual(self.driver.find_elements(By.CSS_SELECTOR, "th:not([scope])"), [], path)
            ids = [e.get_attribute("id") for e in self.driver.find_elements(By.CSS_SELECTOR, "[id]")]
            self.assertEqual(len(ids), len(set(ids)), path)

    def test_the_first_tab_stop_skips_to_the_content(self):
        self.open("/ports/3306")
        self.driver.find_element(By.TAG_NAME, "body").send_keys(Keys.TAB)
        self.assertEqual(self.driver.switch_to.active_element.get_attribute("class"), "skip")

    def test_robots_are_kept_from_people(self):
        self.open("/people/IESG")
        meta = self.driver.find_element(By.CSS_SELECTOR, "meta[name=robots]")
        self.assertIn("noindex", meta.get_attribute("content"))


if __name__ == "__main__":
    unittest.main()
