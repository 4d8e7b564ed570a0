// Debian's Chromium without a window; CHROMIUM names another browser.

import { chromium } from 'playwright-core'

export const launch = () =>
  chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A page elsewhere frames one of this machine.
      '--disable-features=LocalNetworkAccessChecks',
    ],
  })
