// What axe-core objects to on a page, and what does not fit into 320 pixels.

import axe from 'axe-core';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const wide = { width: 1280, height: 800 };
const narrow = { width: 320, height: 640 };

export async function violations(page, runOnly = { type: 'tag', values: rules }) {
    await page.evaluate(axe.source);
    const found = await page.evaluate(
        (only) => window.axe.run(document, { runOnly: only, resultTypes: ['violations'], preload: false }),
        runOnly,
    );
    return found.violations.flatMap((violation) =>
        violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary}`),
    );
}

// What sticks out where nobody has a sideways wheel.
function overflow() {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const wide = [...document.body.querySelectorAll('*')].filter((element) => {
        const box = element.getBoundingClientRect();
        return box.width > 0 && (box.right > root.clientWidth + 1 || box.left < -1);
    });
    const name = (e) => `${e.localName}${e.className ? `.${e.getAttribute('class')}` : ''}`;
    return [`${root.scrollWidth} px wide: ${wide.slice(0, 5).map(name).join(', ')}`];
}

// In the dark nothing but colours differs.
export async function inspect(page, where, theme) {
    const found = [];
    if (theme === 'dark') {
        found.push(...(await violations(page, { type: 'rule', values: ['color-contrast'] })));
        return found.map((text) => `${where}: ${text}`);
    }
    found.push(...(await violations(page)));
    await page.setViewportSize(narrow);
    found.push(...(await page.evaluate(overflow)).map((text) => `at 320 px ${text}`));
    found.push(...(await violations(page)).map((text) => `at 320 px ${text}`));
    await page.setViewportSize(wide);
    return found.map((text) => `${where}: ${text}`);
}
