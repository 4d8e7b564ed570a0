// What a person does on the pages of the region: asks, compares, reads the map with the keyboard, takes things along.

import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

export const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// A page of each kind.
export const PAGES = [
  '/',
  '/territory/03',
  '/organisation/alten_maroc',
  '/park/fes_shore',
  '/project/technopark_fes',
  '/agreement/memorandum_cri_apebi',
  '/indicator/call_centres?territory=03.231',
  '/source/journaleco_2020',
  '/compare?territory=03&territory=04&territory=06',
  '/map?level=province',
  '/data-health',
  '/correct',
  '/ask?q=Combien%20de%20centres%20d%27appels%20%C3%A0%20F%C3%A8s%20%3F',
  '/embed/map',
]
const LARGEST = 100_000

export const regionStories = [
  { name: 'a question is asked in four languages, followed up, and read in another', tell: askedAround },
  { name: 'names are suggested while they are typed, and chosen with the keyboard', tell: suggested },
  { name: 'three places are compared', tell: compared },
  { name: 'the map is walked through with the keyboard', tell: walked },
  { name: 'a view is embedded in another page', tell: embedded },
  { name: 'the fact sheet prints to A4', tell: printed },
  { name: 'what is typed stays text', tell: hostile },
  { name: 'no page has a serious flaw for people who see, hear or move differently', tell: accessible },
  { name: 'no page is heavy', tell: light },
  { name: 'every page is well built: headings, names, languages, links, nothing that moves', tell: wellBuilt },
  {
    name: 'every page fits a telephone, without JavaScript, in Arabic',
    options: { javaScriptEnabled: false, locale: 'ar-MA', viewport: { width: 360, height: 760 } },
    tell: narrow,
  },
  { name: 'pages are dark where the reader likes it', options: { colorScheme: 'dark' }, tell: dark },
]

async function askedAround({ page, base }) {
  for (const question of [
    "Combien de centres d'appels à Fès ?",
    'How many call centres in Fès?',
    'كم عدد مراكز الاتصال في فاس؟',
    'شحال من سونطر دابيل كاين ف فاس؟',
  ]) {
    await page.goto(`${base}/?lang=fr`)
    await page.locator('#q').fill(question)
    await page.keyboard.press('Enter')
    assert.match(await page.locator('#answer .text').textContent(), /36/, question)
  }
  await page.goto(`${base}/?lang=en`)
  await page.locator('#q').fill('How many call centres in Fès?')
  await page.keyboard.press('Enter')
  await page.locator('#answer .text').waitFor()
  await page.locator('#q').fill('And in 2017?')
  await page.keyboard.press('Enter')
  await page.waitForURL(/2017/)
  assert.match(await page.locator('#answer .text').textContent(), /\b30\b.*2017/s)
  await page.goto(`${base}/territory/03?lang=fr`)
  await page.locator('nav.languages a[lang=ar]').click()
  assert.equal(await page.locator('html').getAttribute('dir'), 'rtl')
  assert.match(await page.locator('h1').textContent(), /فاس-مكناس/)
}

async function suggested({ page, base, shot }) {
  await page.goto(`${base}/?lang=en`)
  await page.locator('#q').pressSequentially('fes sho')
  const first = page.locator('#suggestions [role=option]').first()
  await first.waitFor()
  await shot('suggestions')
  await page.keyboard.press('ArrowDown')
  assert.equal(await first.getAttribute('aria-selected'), 'true')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/park\/fes_shore/)
  assert.match(await page.locator('h1').textContent(), /Fès Shore/)
}

async function compared({ page, base, shot }) {
  await page.goto(`${base}/compare?lang=en`)
  const seats = page.locator('select[name=territory]')
  await seats.nth(0).selectOption('03')
  await seats.nth(1).selectOption('01')
  await seats.nth(2).selectOption('04')
  await page.locator('form.choose button').click()
  await page.waitForURL(/territory=01/)
  const columns = await page.locator('table.compare thead th').allTextContents()
  assert.deepEqual(columns.slice(1).map((text) => text.trim()), ['Fez-Meknes', 'Tangier-Tetouan-Al Hoceima', 'Rabat-Sale-Kenitra'])
  await shot('compare')
}

async function walked({ page, base, shot }) {
  await page.goto(`${base}/map?lang=en`)
  const tiles = page.locator('figure.tiles svg a')
  assert.equal(await tiles.count(), 12)
  await page.locator('form.choose button').focus()
  await page.keyboard.press('Tab')
  for (let steps = 0; steps < 12; steps += 1) {
    const name = await page.evaluate(() => document.activeElement.getAttribute('aria-label'))
    if (name?.startsWith('Fez-Meknes')) break
    await page.keyboard.press('Tab')
  }
  assert.match(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), /^Fez-Meknes: /)
  await shot('map-keyboard')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/territory\/03/)
}

async function embedded({ page, base, shot }) {
  await page.goto(`${base}/map?lang=en`)
  await page.locator('details.embed summary').click()
  const code = await page.locator('details.embed code').textContent()
  const source = new URL(code.match(/src="([^"]+)"/)[1].replaceAll('&amp;', '&'), base).href
  const elsewhere = `<h1>Elsewhere</h1><iframe src="${source}" width="720" height="700"></iframe>`
  await page.route('http://elsewhere.test/', (route) => route.fulfill({ contentType: 'text/html', body: elsewhere }))
  await page.goto('http://elsewhere.test/')
  const frame = page.frameLocator('iframe')
  await frame.locator('svg a').first().waitFor()
  assert.match(await frame.locator('main').textContent(), /Haut-Commissariat.*Bab/s)
  await shot('embedded')
}

async function printed({ page, base, pdf }) {
  for (const [name, address] of [['territory', '/territory/03.231?lang=fr'], ['compare', '/compare?lang=ar']]) {
    await page.goto(`${base}${address}`)
    await page.emulateMedia({ media: 'print' })
    for (const hidden of ['.slim', '.forms', 'nav.site']) assert.equal(await page.locator(hidden).isVisible(), false, hidden)
    const file = await page.pdf({ format: 'A4', path: pdf(name) })
    const pages = file.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0
    assert.ok(pages >= 1 && pages <= 8, `${name}: ${pages} pages`)
  }
}

export async function corrected({ page, base, shot }) {
  await page.goto(`${base}/ask?lang=en&q=How%20many%20call%20centres%20in%20F%C3%A8s`)
  await page.locator('details.report summary').click()
  await page.locator('details.report a').click()
  const said = "Fès compte 42 centres d'appels en 2025."
  await page.locator('#text').fill(said)
  await page.locator('#url').fill('ftp://journal.example/fes')
  await page.locator('form.correct button').click()
  assert.match(await page.locator('[role=alert]').textContent(), /Copy the whole address/)
  assert.equal(await page.locator('#text').inputValue(), said)
  await page.locator('#url').fill('https://journal.example/fes')
  await shot('correct')
  await page.locator('form.correct button').click()
  assert.match(await page.locator('.answer[role=status]').textContent(), /Thank you.*2025.*42.*curator/s)
}

async function hostile({ page, base }) {
  const typed = '"><img src=x onerror=alert(1)><script>alert(2)</script>'
  page.on('dialog', () => assert.fail('a script ran'))
  for (const address of ['/', '/territory/03']) {
    await page.goto(`${base}${address}`)
    await page.locator('#q').fill(typed)
    await page.keyboard.press('Enter')
    await page.locator('#answer').waitFor()
    assert.equal(await page.locator('#q').inputValue(), typed)
    assert.equal(await page.locator('img[src=x]').count(), 0)
  }
}

async function accessible({ page, base }) {
  const flaws = []
  for (const language of ['fr', 'en', 'ar']) {
    for (const address of PAGES) {
      await page.goto(`${base}${address}${address.includes('?') ? '&' : '?'}lang=${language}`)
      await page.evaluate(AXE)
      const found = await page.evaluate(() => window.axe.run({ resultTypes: ['violations'] }))
      for (const { id, impact, nodes } of found.violations)
        if (impact === 'serious' || impact === 'critical') flaws.push(`${language} ${address}: ${id} ${nodes[0].html.slice(0, 160)}`)
    }
  }
  assert.deepEqual(flaws, [])
}

async function light({ page, base }) {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  let bytes = 0
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (bytes += encodedDataLength))
  for (const address of PAGES) {
    await session.send('Network.clearBrowserCache')
    bytes = 0
    await page.goto(`${base}${address}`, { waitUntil: 'networkidle' })
    assert.ok(bytes > 0 && bytes <= LARGEST, `${address}: ${bytes} bytes`)
  }
}

// What auditors of pages look at, measured in the page. Shifts are counted from the first byte on, with fonts and scripts not kept.
async function wellBuilt({ page, base }) {
  await page.addInitScript(() => {
    window.shift = 0
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shift += entry.hadRecentInput ? 0 : entry.value))).observe({ type: 'layout-shift', buffered: true })
  })
  const session = await page.context().newCDPSession(page)
  const flaws = []
  for (const width of [1280, 360]) {
    await page.setViewportSize({ width, height: 800 })
    for (const address of PAGES) {
      await session.send('Network.clearBrowserCache')
      await page.goto(`${base}${address}`, { waitUntil: 'networkidle' })
      const found = await page.evaluate(() => {
        const all = (selector) => [...document.querySelectorAll(selector)]
        const levels = all('h1, h2, h3, h4').map((heading) => Number(heading.tagName[1]))
        const said = (selector) => document.querySelector(selector)?.content ?? ''
        const embedded = document.body.classList.contains('embedded')
        const small = all('button, summary, select, textarea, input:not([type=hidden], [type=radio])').filter((control) => {
          const { width, height } = control.getBoundingClientRect()
          return width > 0 && (width < 24 || height < 24)
        })
        return {
          'headings skip a level': levels.some((level, at) => level > (levels[at - 1] ?? 1) + 1),
          'an image has no alternative text': all('img:not([alt])').length > 0,
          'a drawing has no name': all('figure svg[role=img]:not([aria-label]):not([aria-labelledby])').length > 0,
          'a field has no label': all('input:not([type=hidden]), select, textarea').some((field) => !field.labels?.length && !field.ariaLabel),
          'a link says nothing': all('a[href]').some((link) => !link.textContent.trim() && !link.ariaLabel && !link.querySelector('title, img[alt]:not([alt=""])')),
          'an id stands twice': new Set(all('[id]').map(({ id }) => id)).size < all('[id]').length,
          'a control is too small to touch': small.length > 0,
          'no language or direction': !document.documentElement.lang || !document.documentElement.dir,
          'no title, or a long one': document.title.length < 3 || document.title.length > 160,
          'no description': !embedded && said('meta[name=description]').length < 10,
          'a script or style stands inline': all('script:not([src]):not([type="application/ld+json"]), [style]:not(svg *), [onclick]').length > 0,
          [`the page moves by ${window.shift.toFixed(3)}`]: window.shift > 0.02,
        }
      })
      const picture = page.locator('meta[property="og:image"]')
      if (width > 360 && (await picture.count()) > 0) {
        const { status, headers } = await fetch(new URL(await picture.getAttribute('content'), base))
        found['no picture to share'] = status !== 200 || headers.get('content-type') !== 'image/png'
      }
      for (const [flaw, there] of Object.entries(found)) if (there) flaws.push(`${width} px ${address}: ${flaw}`)
    }
  }
  assert.deepEqual(flaws, [])
}

async function narrow({ page, base, shot }) {
  for (const address of PAGES) {
    await page.goto(`${base}${address}`)
    const wider = await page.locator('html').evaluate((html) => html.scrollWidth - html.clientWidth)
    assert.ok(wider <= 0, `${address} scrolls sideways by ${wider}`)
  }
  await page.goto(`${base}/territory/03`)
  await shot('territory-arabic-phone')
}

async function dark({ page, base, shot }) {
  await page.goto(`${base}/?lang=fr`)
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const [red, green, blue] = paper.match(/\d+/g).map(Number)
  assert.ok(red + green + blue < 150, paper)
  await shot('home-dark')
}
