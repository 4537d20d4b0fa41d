// Chosen by scripts/choose-pieces.ts. Do not edit: the bytes of every image depend on it.

/**
 * Texts of two to eight characters that keys are written with, besides every character alone: all pairs of letters and digits,
 * and what names and URLs have most often in public-domain lists (scripts/choose-pieces.ts says which).
 */
export const COMMON_PIECES: readonly string[] = (
  "%20 %2f &id= --- -0 -1 -2 -201 -3 -4 -5 -6 -7 -8 -9 -a -acc -ad -ama -ana -app -ass -b -c -com -con -d -de. -e " +
  "-ema -f -for -fre -g -h -hel -i -inf -int -j -k -l -log -m -mai -mar -marke -media -mye -n -net -o -onlin -p " +
  "-pay -prd -pro -q -r -re -s -sec -ser -sho -sta -sup -t -tra -twt -u -v -ver -w -web -x -y -z .0 .000 .1 .2 .3 " +
  ".4 .5 .6 .7 .8 .9 .a .ac. .act .ad. .ai .alp .am .aos .app .ar .at .au .aws .b .ban .bd .be .bh .bid .biz .blu " +
  ".br .c .ca .cc .cd .cf .cfd .ch .cl .clo .clu .cn .co .co. .co.id .co.il .co.in .co.jp .co.kr .co.nz .co.uk " +
  ".co.za .com .com.a .com.au .com.br .com.c .com.m .com.tr .com.v .css .cz .d .de .dev .dk .dyn .e .eba .edu " +
  ".ema .es .eu .eu. .eul .f .fi .fr .fr. .fun .g .ga .god .goo .gov .gov.br .gq .gr .gtm .h .hk .htm .html .hu " +
  ".i .icu .id .ie .in .info .io .io. .ir .it .j .jp .jpg .js .json .k .ke .kr .kz .l .liv .log .lt .m .max .me " +
  ".ml .mobi .muc .mx .my .n .ne.jp .net .nf .ng .nl .no .o .one .onl .org .p .pbp .pdf .pe .php .pk .pl .png " +
  ".pro .pt .pw .q .r .ro .rs .ru .s .sbs .se .ser .sg .sgt .sho .si .sit .sk .spa .ss. .sst .sta .sto .su .t " +
  ".tec .the .tk .to .top .tr .tra .tt. .tv .tw .u .ua .uk .und .uni .us .v .vip .vn .w .web .win .wix .ws .ws. " +
  ".x .xyz .y .z .za /. /0 /1 /2 /2024/ /2025/ /2026/ /3 /4 /5 /6 /7 /8 /9 /a /api/ /article /assets/ /b /blog/ " +
  "/c /channel /content /d /de/ /downlo /e /en/ /f /file/ /files/ /forum/ /fr/ /g /h /i /images/ /index /j /k /l " +
  "/m /media/ /n /news/ /o /p /page/ /pages/ /post/ /posts/ /profile /public/ /q /r /s /search /share/ /static/ " +
  "/t /tag/ /thread /topic/ /u /upload /user/ /users/ /v /v1/ /v2/ /video/ /view/ /w /watch?v /wp-cont /x /y /z " +
  "/~ 0. 0.com 0/ 00 0000 000w 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 0g 0h 0i 0j 0k 0l 0m 0n 0o 0p 0q 0r " +
  "0s 0t 0u 0v 0w 0web 0x 0y 0z 1. 1.com 1.dy 1.net 1.ru 1/ 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f 1g 1h " +
  "1i 1j 1k 1l 1m 1n 1o 1p 1q 1r 1s 1t 1u 1v 1w 1x 1y 1z 2. 2.com 2.dy 2.ne 2/ 20 2018 21 22 23 23.com 24 24.com " +
  "25 26 27 28 29 2a 2b 2c 2d 2e 2f 2g 2h 2i 2j 2k 2l 2m 2n 2o 2p 2q 2r 2s 2t 2u 2v 2w 2x 2y 2z 3. 3.com 3/ 30 31 " +
  "3138 32 33 34 35 36 360.com 365. 37 38 39 3a 3b 3c 3d 3e 3f 3g 3h 3i 3j 3k 3l 3m 3n 3o 3p 3q 3r 3s 3t 3u 3v 3w " +
  "3x 3y 3z 4. 4.com 4/ 40 41 42 43 44 45 46 47 48 49 4a 4b 4c 4d 4e 4f 4g 4h 4i 4j 4k 4l 4m 4n 4o 4p 4q 4r 4s 4t " +
  "4u 4v 4w 4x 4y 4z 5. 5.com 5/ 50 51 52 53 54 55 56 57 58 59 5a 5b 5c 5d 5e 5f 5g 5h 5i 5j 5k 5l 5m 5n 5o 5p 5q " +
  "5r 5s 5t 5u 5v 5w 5x 5y 5z 6. 6.com 6.ne 6/ 60 61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 6g 6h 6i 6j 6k 6l " +
  "6m 6n 6o 6p 6q 6r 6s 6t 6u 6v 6w 6x 6y 6z 7. 7.com 7/ 70 71 72 73 74 75 76 77 78 79 7a 7b 7c 7d 7e 7f 7g 7h 7i " +
  "7j 7k 7l 7m 7n 7o 7p 7q 7r 7s 7t 7u 7v 7w 7x 7y 7z 8. 8.com 8/ 80 81 82 83 84 85 86 87 88 89 8a 8b 8c 8d 8e 8f " +
  "8g 8h 8i 8j 8k 8l 8m 8n 8o 8p 8q 8r 8s 8t 8u 8v 8w 8x 8y 8z 9. 9.com 9/ 90 91 92 93 94 95 96 97 98 99 9a 9b 9c " +
  "9d 9e 9f 9g 9h 9i 9j 9k 9l 9m 9n 9o 9p 9q 9r 9s 9t 9u 9v 9w 9x 9y 9z :// :443 :8080/ =% ?id= ?q= a-s a. a.co " +
  "a.co.uk a.com a.com. a.com.br a.de a.es a.it a.net a.org a.pl a.ru a/ a0 a1 a2 a3 a4 a5 a6 a7 a8 a8cl a8cv a9 " +
  "aa ab ab.com able abs. abs.com ac ac.com academ acce acco ace.com ache achi ack. ack.com acke acti action " +
  "active ad ad.com ad/ ada.co adam addy ade. ade.co adel adem ader adin admi adob ads. ads.com adserv adve " +
  "advert advertis adviso ae af affi affili ag ag.com agazin age. age.com agen ager ages ages.c agra ah ah.com ai " +
  "ai.com ail ail. ail.com ails ain. ain.com air. air.com aj ak ak.com al al.c al.com ale. ale.com aler ales alex " +
  "alia alin alis all. all.com alla alle alli allo alls alph als.co alte am am.com amaz ambi ame. ame.com amer " +
  "americ american ames ames.com amil amin ampc an an.com an.net ana. anag anager analytic ance ance.c and. " +
  "and.com anda ande ander andi ando andr ands anet ange anim ank. ank.com anne ans.co anta ante anti anto ao " +
  "ao.com aosa ap ap.com ape. api. apital app app. app.com appl apps aq aqua ar ar.com arab arch ard. ard.com " +
  "arde are. are.com aren argo aria arin ark.co arke arket. arketi arma art. art.com arta arte arti artner arts " +
  "arts.c as as.com ase.co ash. ash.com ashi ashion asia assa asse assi asso ast. ast.com aste astr at at.com " +
  "ata. atad atch ate. ate.com ater ates ates.com athe atic atin ation ation. ationa ations atis ativ atla ator " +
  "ator.com atri ats.co au audi auth auto av aven aver avia aw aw.com away aws ax ax.com ay ay.com aypa ays.com " +
  "az b. b.com b.net b/ b0 b1 b2 b3 b4 b5 b6 b7 b8 b9 ba ba.com baby back ball banc band bang bank bank.com barc " +
  "barr base bb bc bd bd.c be be.com beac beauty bell ber.co berg bert best beyo bf bg bh bh-m bi bi.com bike " +
  "bili bill bing bit biz bj bk bl blac ble. ble.com blog blog.com blogsp bloo bloomber blue bm bn bo bo.com boar " +
  "body bond book book.com boot bout box. box.com bp bq br bradesco bran bras brea brid bright browse bs bs.com " +
  "bt bu buil bull burg business buzz bv bw bx by bz c. c.co c.com c.net c.org c/ c0 c1 c2 c3 c4 c5 c6 c7 c8 c9 " +
  "ca ca.com cade cademy cafe cain cal.com cali call came camp cana cand capc capi capita card care care.c " +
  "care.com carl carp cart casa cash casi cast cata cation cb cc cc.c cces ccou cd cdn. cdn.com cdn.net ce ce.com " +
  "cele cell cent center centra centre cept ces.co cess cf cfd cg cgi6 ch ch.com cham chan change channe char " +
  "chas chat chau chea chec chem chen cher chic chil chin choi choo christ church ci cial cind cine circ citi " +
  "city cj ck ck.com cker cker.c cket cking. cks.co cl clas classi clea click click. clin cloud cloud. club " +
  "club.com clus cm cmp. cn co co.com co.il co.jp co.nz co.uk co.za coac code coff coin coll collec colo com com. " +
  "com.au com.br comm commun comp compan conc cond conf conn connec cons cont conten content. contro conv cook " +
  "cool core corn corp count counte cour cove covery cp cq cr craf craigs crea creati creative credit cros crui " +
  "cryp cs cs.com ct ct.com ction. ctions ctiv ctor cu cufe cure curs custom cv cw cx cy cy.com cybe cycl cyou cz " +
  "d-s d. d.co.u d.com d.de d.net d.org d/ d0 d1 d2 d3 d4 d5 d6 d7 d8 d9 da da.com dail dark dash data data. " +
  "data.c data.com date davi day. day.co db dc dc.n dd ddys de de.com deal deco deli delt demo dent depo der. " +
  "der.co ders des.co design desk dev df dg dge. dge.co dget dh di dia.co dian dica digi digital ding ding.com " +
  "direct disc disp dj dk dl dll. dm dmc. dn dn.com dn.net dns. do do.com docu doll domain domf down download dp " +
  "dq dr drea driv drop ds ds.com ds.net dt du duck duct dv dverti dw dx dy dy.com dyna dynv dz e- e-a e-c e-d " +
  "e-i e-l e-m e-p e-r e-s e. e.00 e.ca e.co e.co.uk e.com e.com. e.com.br e.de e.fr e.in e.info e.it e.net e.nl " +
  "e.org e.ru e.us e/ e0 e1 e2 e3 e4 e5 e6 e7 e8 e9 ea ea.com ealt ealth. eam. eam.co ear.co earch. eart east " +
  "easy eather eb eb.com ebay ebhost ebsite ec ec.com ecar ech. ech.com echn echnolog econ ecor ection ecure " +
  "ecurit ed ed.com edge edia edia.com edia.n edin edit edu edu. ee ee.com ef efor eg egmf egur eh ehor ehouse ei " +
  "ei-o eid ej ek ek.com el el.com elec electr elek elin ell. ella elle elli ello els.co em em.com email email. " +
  "embe emedia emen en en.c en.com en.de ence ence.c enda ende endo ener enga engine ens.com ent ent. ent.com " +
  "ent/ enta ente enter. enti entr entral ents eo eo.com ep epic eq equi er er.co. er.com er.de er.i er.net " +
  "er.org er.t era.co erad erat erda eres eria eric erie erif erin erma erna erne ernet. erpa ers. ers.co ers.com " +
  "erse ersi erso erst erti erve erver. ervi ervice ery.co es es.co. es.com es.net es.org esca esco eser esign. " +
  "espn ess.com essa esse est. est.com esta estate este esti esto estr et et.com et.net etfl eth ethe etra etri " +
  "ets. ets.com ette etwork eu eu-a eu.c eule euro europe ev evel even ever evie ew ew.com ews. ews.com ex ex.com " +
  "expe expedi expl expres extr ey ey.com ez f. f.com f/ f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 fa fabr face fact fair " +
  "fake fami farm fashio fast fb fc fd fe fe.com feed fest ff ffic ffice. fg fh fi fica fiel fika film fina " +
  "financ find fine fini fire firs fish fitnes fj fk fl flix flor flow fm fn fo food foot for forbes ford fore " +
  "forg form fort foru foto fp fq fr fr.n fran free fres friend from fron fs ft ft.com ftware fu full fun fund " +
  "future fv fw fx fy fy.com fz g. g.co g.com g.de g.net g.org g/ g0 g1 g2 g3 g4 g5 g6 g7 g8 g9 ga ga.com game " +
  "games. gard gb gc gd ge ge.com geek genc gene genera geni ger. ger.co get geta gf gg gh ght.co ghts gi gift " +
  "girl give gj gk gl glas gle. gle.co glob global gm gn gn.com go go.c go.com goda gold golf good goog gosu gov " +
  "gp gpt gq gr graf gram gran grap graphi grav great gree grou group. grow grup gs gs.com gsma gt gtm. gu guer " +
  "guid guide. guru gv gw gwbr gx gy gy.com gz h-m h. h.com h.de h.net h.org h.ru h/ h0 h1 h2 h3 h4 h5 h6 h7 h8 " +
  "h9 ha ha.com hair hand hang happ hara hard hare harm haus hb hc hd he head health hear hell help her.co hera " +
  "here hero hf hg hgwb hh hi high hill hing hj hk hl hm hn hnaw ho hold holi holl home hone hons hop hop. " +
  "hop.com horn hosp host host.com hostin hote hotels hoto hous house. hp hq hr hs ht http http:// https:// hu " +
  "hub. hub.com hv hw hx hy hy.com hz i-s i. i.cn i.co i.com i.com. i.de i.it i.net i.org i.ru i/ i0 i1 i2 i3 i4 " +
  "i5 i6 i7 i8 i9 ia ia.c ia.com ia.org ial.com ian.co ib ic ic.com ica. ica.com ical icatio ice. ice.com ices " +
  "iclo ics.com id id.com ide. ide.co idea ideo ider ider.c ie ie.com ield ient ies. ies.com if ife. ife.com ific " +
  "ify. ify.com ig ight igital ign. ih ii ij ik ik.com il il.com il.net ile. ile.co iles illa ille illi im im.com " +
  "imag ime. img. img.com imov in in.com in.s inal inan inat inbo inc. inc.com inde indi india. indo indu ine " +
  "ine. ine.com ines info inform ing ing. ing.co ing.com ing.ne inga inge ings ings.com ingt ink.com ins. insi " +
  "inside insp inst insura int.co inta inte integr intell intern internet into inus invest io io.com io.v ion " +
  "ion. ion.com iona ions ions.com ios.co ious ip ip.com iq ique ir ir.com ire.com irec irect. is is.com ise. " +
  "ise.com ison ist. ist.com ista iste isti it it.com ital italia itch ite ite. ite.com ites itio its.co itun " +
  "itut ity ity. ity.com iu iv ival ive ive. ive.com iver iw ix ix.com iy iz j. j.com j/ j0 j1 j2 j3 j4 j5 j6 j7 " +
  "j8 j9 ja jb jc jd je ject jf jg jh ji jj jk jl jm jn jo jobs john jour jp jq jr js js.info jt ju just jv jw jx " +
  "jy jz k-of k. k.co k.com k.com. k.de k.net k.org k/ k0 k1 k2 k3 k4 k5 k6 k7 k8 k9 ka ka.com kaya kb kc kd ke " +
  "ke.com keep ker. ker.com ket.co kf kg kh ki ki.com kind king king.c kj kk kl km kn know ko kofa kp kq kr kris " +
  "ks ks.com kt ku kv kw kx ky kz l-f l. l.co l.co.u l.com l.com. l.com.br l.de l.info l.it l.net l.org l.ru l/ " +
  "l0 l1 l2 l3 l4 l5 l6 l7 l8 l9 la la.com labo labs.com lace lace.c lan. lan.co land land.com lang lash lass " +
  "late lati laur law.com lay.com lays lb lc lc.com ld ld.com le le.c le.co. le.com le.net lead lean lear lect " +
  "lega leid leme ler. ler.co leri les. les.com less lf lg lh li li.com lian libr lick lien life life.com ligh " +
  "like limi line line.com ling ling.c link linu list list.c list.com live live.com living lj lk lk.com ll ll.com " +
  "ller llia llin llow lm ln lo lo.com load lobal. loca lock log. log.com logi logs logspo long look loud " +
  "loud.com love lowe lp lq lr ls ls.com lt lu lub lub. luck lus. lus.com lution lv lw lx ly ly.com lytics lz m. " +
  "m.br m.co m.com m.de m.net m.org m.ru m/ m0 m1 m2 m3 m4 m5 m6 m7 m8 m9 ma ma.com made magazi mage magi magn " +
  "mail mail.c mail.com main make mala man. man.com mana manage mand mang mani mann marc mari mark market mart " +
  "mass mast master mate mati mato maxg mazon mazon. mb mber mc mc.c md me me.com medi media media. mega ment " +
  "ment.com ments. mera merc mercad meri merica mes.co mess meta metr metric mf mg mg.com mh mi mi.com mich micr " +
  "mill mina mind mine mini minu mira missio mj mk mkt1 mkt2 mkt3 mkt4 mkt5 mkt6 mkt7 mkt8 mkt9 ml mm mn mo mo.a " +
  "mo.b mo.c mo.com mo.m mo.s mobi mobile mode mon mond mone moni mons mont more moti moto move movi mp mp.com mq " +
  "mr ms ms.com msn mt mta6 mtrd mu muc. mund muni munity musi music. mv mw mx my my.com mz n-m n-s n. n.co " +
  "n.co.uk n.com n.com. n.de n.info n.net n.org n.ru n/ n0 n1 n2 n3 n4 n5 n6 n7 n8 n9 na na.com nal.co naly " +
  "nalytics name nanc nano nati nation national natu natura nb nc nc.com nce. nce.com nd nd.com ndar nden nder " +
  "nder.com ndia.com ne ne.com ne.jp ne.net nect nes.com ness ness.c net net. net.com netf networ new news " +
  "news.com next nf nfo nfo. nfor nforma ng ng.c ng.com ng.net ng.org ngat nge.co nger ngin nh ni nia. nica nice " +
  "nick ning ning.com nity nj nk nk.com nl nline nline. nm nn no no.com nort noti nova now. now.com np nq nr ns " +
  "ns.c ns.com ns.net ns.org nsta nt nt.com ntal nten nter nterna nthe ntin ntra ntre nts.co ntur nu nutr nv nv6. " +
  "nw nx ny ny.com nz o. o.co o.com o.com. o.com.br o.de o.in o.it o.jp o.net o.org o.pl o.ru o.tv o.uk o.vn o.za " +
  "o/ o0 o1 o2 o3 o4 o5 o6 o7 o8 o9 oa oast ob obil obile. obmm oc ocea ocia ock.com ocke od od.com oe of offe " +
  "office oft. oft.com oftwar og og.com ogin ograph oh oi oint oint.com oj ok ok.com ol ol.com olle olog ology. " +
  "olutio om om.au om.com omai ome. ome.com omer ommerc ommuni omni ompany omtr on on.c on.co. on.com on.org onal " +
  "one one. one.com ones onfi onfo onic online onne onnect ons. ons.com onso onsu onta onte ontr oo oo.com ood.co " +
  "oogle. ook. ook.co ools op op.com open oper opti oq or or.com oran orar orde ore ore. ore.com orfb org org. " +
  "oria orks.c orld orld.com orma orne ors. ors.com ort ort.co orta orum ory.co os os.c os.com oscu osof ost. " +
  "ost.com osta osting ot ot.com otec otel ou ound ount our.co ours ouse ouse.c outl ov over ovh ow ow.com ower " +
  "ownloa ox ox.com oy oz p. p.com p.com. p.net p.org p.ru p/ p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 pa pace pack page " +
  "pages. pain pal. pand pane pape para park part partne paul payp pb pbph pc pd pdat pe pe.com pedia. peed " +
  "people perf peri pers person pert pf pg ph phil phon phot photo. pi pi.com ping pink piwi pixe pj pk pl place " +
  "plan planet plas plat platform plau play ple plus pm pmai pn po poin point. poke poli port port.com portal " +
  "ports. posi post post.com pot.co powe pp pp.com pple pps.co pq pr prem pres press. pric prim prin pris priv " +
  "pro pro. pro.com prod produc prof projec prom prop prot protec ps ps.com pt pt.com pu public puls pure push pv " +
  "pw px py pz q. q.com q/ q0 q1 q2 q3 q4 q5 q6 q7 q8 q9 qa qb qc qd qe qf qg qh qi qj qk ql qm qn qo qp qq qr qs " +
  "qt qu qual quan quic qv qw qx qy qz r. r.co r.com r.com. r.de r.in r.info r.ne r.net r.org r/ r0 r1 r2 r3 r4 " +
  "r5 r6 r7 r8 r9 ra ra.c ra.com rack rack.c rada rade radi radio. rado rain ranc rance. rand rang rank rans rant " +
  "rapi rati ration rato rave ravel. rb rc rch.co rd rd.com rds.co re re.com reac read real realclea ream reat " +
  "reativ reci reco rect red rede redi ree ree.com reen regi rela reli remi remo rent repa report res. res.co " +
  "rese reso ress ress.c rest revi review rf rg rgan rh ri ri.com ria. rian rica rica.c rich rics. rics.c ring " +
  "rist rite rity rive rizo rj rk rk.com rl rm rm.com rmat rn rn.com rnet ro ro.com road rock roduct roject romo " +
  "room rose roup roup.com rowt roya rp rp.com rpri rq rr rren rrie rs rs.c rs.com rt rt.com rtad rts. rts.co ru " +
  "ru.com rust rust.c rv rv.com rvices rw rx ry ry.com rz s- s-a s-c s-d s-m s-s s. s.00 s.be s.ca s.co s.co.uk " +
  "s.com s.com. s.com.br s.de s.es s.fi s.fr s.in s.info s.it s.me s.net s.nl s.org s.ru s.se s.st s/ s0 s1 s2 s3 " +
  "s4 s5 s6 s7 s8 s9 sa sa.com safe sala sale salo samsun sand sant sapp sara save sb sber sbs sc scha sche scho " +
  "school scienc scot scou screen scri script sd se se-o se.c se.com search secure security segu self sell send " +
  "sens ser. ser.com serv server server. servic service. services sf sfar sg sgtm sh sh.com shar shin ship shir " +
  "shoe shop shop.c shop.com shoppi show si si-o si-z si.com sibl side sigh sign sign.c silv simp simple sine " +
  "sing sing.com sino sion sion.com site site.com sites. sj sk skin sl slug sm smar smet smit smtp sn snap so " +
  "so.com soci social soft soft.c softwa sola solu solution somn son. son.com soni sonlin source sout sp space " +
  "space. spam spar spec spee spirit spon spor sport. sports spot spot.c spring sq square sr ss ss.c ss.com ssc. " +
  "ssio ssss sst. st st.com stag stan stap star stat static stats. stea step ster ster.com stic stin ston stor " +
  "store store. stra stre stream street stri stro stru stud studio styl style. su sult supe supp support sure " +
  "survey sv sw swis sx sy system sz t-a t-e t-m t-s t. t.co t.co.uk t.com t.com. t.de t.in t.net t.org t.ru t/ " +
  "t0 t1 t2 t3 t4 t5 t6 t7 t8 t9 ta ta.com tags tail tain tal.co tale talk tand tang tapp tar.com target tate " +
  "tatic. tation tats tats.c tb tc tche td te te.com te.net team tech tech.com techno technolo ted.co tel.co tele " +
  "tell tema temp tent ter. ter.com ter.net tera teri ternat terr ters ters.c tes.com test text tf tg th th.com " +
  "than the thea theb thec thed thef theg thel them then thep ther thes thet thew thin this thro ti ti.com tic.co " +
  "tica ticket tics tics.c time times. ting ting.com tion tion.com tional tions. tive tj tk tkac tl tm tmai " +
  "tmail. tn to to.com today. todo toke ton. ton.co tone tool top tor. tor.com tore tore.com tori torren tory " +
  "tory.c tour town tp tq tr tra.co trac track. tracke tracker. tracking trad traffi trai traini tran tras travel " +
  "trea tree trek tren trib tric trip trk. trk.com tron trop trus ts ts.com ts.net tt tt.com tt.o tter ttle tu " +
  "tube tube.com tudio. tura ture turk turn tv tv.com tw twork. tx ty ty.com tz u. u.cc u.com u.net u/ u0 u1 u2 " +
  "u3 u4 u5 u6 u7 u8 u9 ua ub ub.com ube.com uc uction ud ud.com ue ue.com uf ug uh ui ui.com uj uk ul ul.com " +
  "ulti um um.com umam un un.com unda unde unit uo up up.com update upport uq ur ur.com uran urance urba urce " +
  "ure. ure.com ures ures.c us us.c us.com us.t usa. usa.com uscl user usic usic.com usines uste ustr ut ut.com " +
  "uu uv uw ux uy uz v. v.com v/ v0 v1 v2 v3 v4 v5 v6 v6.n v7 v8 v9 va va.com vb vc vd ve ve.com vent vents. ver. " +
  "ver.co veri vers vert very vest vf vg vh vi vice vice.c vices. vide viet view view.c vill ving virt visi " +
  "vision visual vita vj vk vk.me vl vm vn vo vp vq vr vs vt vu vv vw vx vy vz w. w.com w.net w/ w0 w1 w2 w3 w4 " +
  "w5 w6 w7 w8 w9 wa wall ward ware ware.c way. wb wc wcoh wd we we.u web web. web.com weba webc webhos webm webs " +
  "websit weeb wegw well west wf wg wh what white wi wiki wild wind window wire with wj wk wl wm wn wo wood word " +
  "work work.com works. worl world. wp wq wr ws ws.com wt wt-e wu wv ww www www. www2 wwwh wx wy wz x. x.com " +
  "x.net x.org x/ x0 x1 x2 x3 x4 x5 x6 x7 x8 x9 xa xb xc xchang xd xe xf xg xh xi xiao xj xk xl xm xn xn- xo xp " +
  "xpress xq xr xs xt xu xv xw xx xy xyz xz y. y.co.uk y.com y.com. y.de y.net y.org y.ru y/ y0 y1 y2 y3 y4 y5 y6 " +
  "y7 y8 y9 ya ya.com yaho yand yb yc yd ye yelp yer.co yf yg yh yi yj yk yl ym ymai yn yo youn your yout yp yq " +
  "yr ys ys.com yste ystems yt yu yv yw yx yy yz z. z.com z.de z/ z0 z1 z2 z3 z4 z5 z6 z7 z8 z9 za za.com zb zc " +
  "zd ze ze-o ze.com zf zg zh zi zj zk zl zm zn zo zon.com zone zp zq zr zs zt zu zv zw zx zy zz zzzz"
).split(" ");
