/** HTML in which `outage` stands where no person sees it, though a rule may ask for it. */
export const UNSEEN_IN_HTML: readonly (readonly [how: string, html: string])[] = [
  ["display: none", '<div style="display:none">outage</div>Hello'],
  ["visibility: hidden", '<div style="visibility:hidden">outage</div>Hello'],
  ["the attribute hidden", "<p hidden>outage</p>Hello"],
  ["white on white", '<p style="color:#fff;background:#ffffff">outage</p>Hello'],
  ["white on the white of the page", "<p><font color=white>outage</font></p>Hello"],
  [
    "white on the white of a cell further out",
    '<table bgcolor="#FFFFFF"><tr><td><b style="color:rgb(254,254,254)">outage</b></table>Hello',
  ],
  ["black on black that a parent has", '<div style="background:black"><p style="color:#010101">outage</p></div>Hello'],
  ["font-size: 0", '<p style="font-size:0">outage</p>Hello'],
  ["font-size: 1px", '<p style="font-size:1px">outage</p>Hello'],
  ["no height, and what overflows is cut off", '<div style="max-height:0;overflow:hidden">outage</div>Hello'],
  ["opacity: 0", '<div style="opacity:0">outage</div>Hello'],
  ["a place off the screen", '<div style="position:absolute;left:-9999px">outage</div>Hello'],
  ["text-indent: -9999px", '<div style="text-indent:-9999px">outage</div>Hello'],
  ["mso-hide: all", '<div style="mso-hide:all">outage</div>Hello'],
  ["a template", "<template>outage</template>Hello"],
  [
    "a class of a style sheet",
    '<style>.preheader { display: none !important }</style><p class="x preheader">outage</p>Hello',
  ],
  ["an id of a style sheet", "<style>#p { font-size: 0 }</style><p id=p>outage</p>Hello"],
  ["an element of a style sheet", "<style>center { visibility: hidden }</style><center>outage</center>Hello"],
  ["elements inside the hidden one", "<div hidden><table><tr><td><b>out</b>age</table></div>Hello"],
];
