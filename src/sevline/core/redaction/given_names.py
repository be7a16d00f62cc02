"""Given names that are common somewhere and, written with a capital letter, hardly ever anything else.

They are evidence beside a second name, a greeting or a word such as “call”, and never a person by themselves. Names
that are words, months, towns, stones or products too (April, Austin, Grace, Jade, Mark, Victoria, Will) are left out.
"""

# ruff: noqa: E501 - the names of a part of the world are read in one piece

_WRITTEN = """
Keisha Latoya Latisha Lakisha Shaniqua Shanice Tamika Tanisha Imani Aaliyah Jamaal DeShawn Deshawn Tyrone Tyrell Malik Darnell Terrell Kaitlyn Caitlyn Mackenzie Kayla Kaylee Hailey Haley Madeline Abigail Makayla Peyton Jayden Aiden Ayden Brayden Kaden Caden Wyatt Colton Dustin Brett Bradley Derrick Darryl Darrell Randy Rodney Ronnie Dwayne Duane Wendell Clyde Floyd Lloyd Elmer Wilbur Rufus Roscoe Luther Seymour Rhonda Tammy Tonya Trisha Krista Kristy Kristin Kendra Stacey Stacy Shelley Sherry Sheri Teri Vicki Vickie Wilma Marcia Marsha Gretchen Jolene Darlene Charlene Arlene Maxine Noreen Loretta Lucille Estelle Eunice Bernice Thelma Velma Bertha Ethel Agatha Bethan Ffion Nerys Sioned Rhodri Ieuan Iestyn Gethin Aneurin Emyr Bryn Aled Catrin Eluned
Eilish Aisling Órla Sorcha Caoimhe Clodagh Deirbhile Fionn Cormac Diarmuid Donal Eamon Éamonn Finbar Fintan Malachy Niall Ronan Ruairí Seamus Séamus Tiernan Aonghus Catríona Mairead Máiréad Nuala Oonagh Úna
Bongani Tebogo Naledi Nthabiseng Lwazi Busisiwe Nonhlanhla Khumo Refilwe Dineo Katlego Boitumelo Tatenda Farai Rudo Kudzai Tapiwa Munyaradzi Wafula Nafula Kiprop Chebet Cheruiyot Bekele Tadesse Almaz Mekdes Yonas Hirut Amare Fikru Amaka Nneka Temitope Segun Kwesi Afia Cheikh Ndeye Modou Abdoulaye Aissatou Binta Souleymane
Inger Jette Vibeke Kjeld Preben Palle Poul Troels Villy Aksel Asger Ebbe Egon Erling Flemming Gert Jeppe Jørn Kaj Keld Knud Kresten Mads Mogens Steen Svend Thorkild Åse Åge Øystein Arvid Asbjørn Bård Espen Geir Håkon Jostein Kjetil Roar Sigurd Steinar Torstein Vidar Astri Aud Berit Bjørg Borghild Grete Gunhild Guri Jorunn Randi Reidun Solfrid Synnøve Torill Turid Vigdis Wenche Åsne Berit Bosse Börje Elof Gösta Hasse Ingela Ingemar Jörgen Kjerstin Lovisa Maj Margareta Mårten Nisse Pelle Pernilla Sixten Sture Tyra Aleksi Anneli Arja Elina Hannele Harri Helvi Hilkka Ilmari Jouko Jouni Jussi Kaarina Kalevi Kimmo Kyllikki Maarit Markku Marjatta Noora Oskari Paavo Pirkko Raimo Saara Salla Sinikka Teppo Tuija Urho Vappu Yrjö
Vlastimil Zbyněk Bořivoj Čeněk Dobromila Hynek Jiřina Květoslava Libuše Luboš Oldřich Otakar Přemysl Renáta Soňa Svatopluk Vendula Vladislava Zdena Žaneta Boglárka Előd Etelka Géza Gyöngyi Ilona Jenő Klára Lívia Lóránt Magdolna Mátyás Nándor Rezső Szilárd Zita
Mirosława Stanisława Sylwia Wiesława Zdzisława Żaneta Bolesław Lucjan Mieczysław Rafał Waldemar Zenon
Nilüfer Ayten Bahar Başak Belgin Buse Dilek Esin Feride Fulya Gönül Gözde Gülsüm Gülten Hacer Meral Müge Nalan Nazan Nermin Nesrin Nevin Nihal Nihan Nimet Rukiye Saadet Sema Sevda Şebnem Şeyma Türkan Yeşim Zuhal Altan Aydın Ayhan Bayram Bekir Cengiz Cihan Coşkun Cüneyt Doğan Emin Enis Ercan Erdal Erhan Ersin Ertuğrul Fatih Fikret Gürkan Haluk Haydar Hikmet İlhan İlyas Kenan Koray Korkut Levent Mahmut Melih Metin Muammer Muhammet Müslüm Naci Nuri Oktay Ozan Özgür Rasim Refik Sadık Salih Samet Savaş Sedat Serhat Şahin Şener Şükrü Taner Tayfun Tuğrul Umut Vedat Yakup Yalçın Yiğit Yunus Zafer Zeki
Yuna Koharu Akari Sota Daiki Yoshihiro Takumi Chihiro Harumi Nanako Sumiko Yuriko
Aishwarya Ankur Arvind Bhavna Devika Ganesh Govind Kunal Lalita Madhav Parvati Radha Ravindra Sadhana Seema Sharmila Sonali Subhash Suneeta Supriya Uday Vandana Vasant Vimal
Dave Mike Tom Steve Chris Nick Jim Joe Bob Rob Matt Ben Sam Alex Andy Tony Pete Greg Jeff Kate Liz Sue Becky Jen Jenny Debbie Vicky Mandy Cathy Nate Zach Josh Jon Ted Fred Gus Uli Basti Steffi Andi Tobi Micha Manu Sepp Toni Gabi Susi Conny Moni Pepe Paco Nacho Chema Lola Juanjo Beppe Pino Nico Kasia Basia Gosia Ania Tomek Wojtek Bartek Krzysiek Magda Zosia Honza Katka Sasha Misha Dima Vova Kolya Tanya Katya Zhenya Olya
Solène Sidonie Éric Noël Gaëtan Loïs Maël Enzo Jules Hélder Dário Zulmira Ornella Waltraut Jupp Kai-Uwe Annalena Wencke Sönke Fiete Malte Bjarte Yewande Ilse Wren Kutlu Roswita Karl-Heinz Karlheinz Hans-Peter Ann-Kathrin Marie-Luise Zsófia
Rosa Marc Marek Nils Finn Mia Ella Ida Ines Ilka Silas Linus Anton Emily Karla Rosalie Yolande Ottavio Ferdinand Gregor Hendrik Lorenz Rafael Leopoldo Ramona Marlon Damien Deirdre Gráinne Fergus Angus Morag Iain Ewan Lachlan Euan Rory Alastair Gwen Nia Dylan Emrys Cerys
Aaron Adam Adrian Alan Albert Alexander Alexandra Alfie Alice Alison Alistair Alasdair Allison Amanda Amelia Amy Andrea Andrew Angela Anna Anne Annabel Annie Anthony Archie Arthur
Ashley Barbara Beatrice Benjamin Bernard Bethany Brandon Brenda Brendan Brian Bridget Bruce Bryan Caitlin Callum Cameron Caroline Catherine Cecilia Cedric Christian Christina Christine
Christopher Cindy Claire Clara Claudia Colin Craig Cynthia Daniel Danielle Darren David Deborah Dennis Derek Diana Dominic Donald Donna Doris Dorothy Douglas Duncan Edith Edward Edwin
Eileen Elaine Eleanor Elizabeth Ellen Elliot Elsie Emily Emma Eric Esther Ethan Eugene Evelyn Fiona Frances Francis Gareth Gary Gavin Geoffrey George Gerald Geraldine Gillian Gloria Gordon
Graham Gregory Gwendolyn Hannah Harold Harriet Harry Heather Helen Henry Hilary Howard Hugh Imogen Irene Isaac Isabel Isabella Isobel Ivan Jacob Jacqueline James Jane Janet Janice
Jasper Jean Jeffrey Jennifer Jeremy Jessica Jill Joan Joanna Joanne John Jonathan Joseph Josephine Joshua Joyce Judith Judy Julian Juliet Justin Karen Katherine Kathleen
Kathryn Katie Keith Kelly Kenneth Kerry Kevin Kimberly Kirsty Kristen Kyle Larry Laura Lauren Laurence Lawrence Leah Leonard Leslie Liam Lillian Linda Lisa Lorraine Louis Louise Lucas
Lucinda Lucy Luke Lydia Lynn Malcolm Margaret Maria Marian Marie Marilyn Marion Marjorie Martha Martin Mary Matthew Maureen Melanie Melissa Michael Michelle Mildred Miranda Miriam
Molly Monica Muriel Nadia Nancy Naomi Natalie Natasha Nathan Nathaniel Neil Nicholas Nicola Nicole Nigel Noah Norma Norman Olivia Oscar Owen Pamela Patricia Patrick Paul Paula
Pauline Penelope Peter Philip Philippa Phillip Phoebe Phyllis Priscilla Rachel Ralph Raymond Rebecca Reginald Rhys Richard Robert Roberta Roger Roland Ronald Rosalind Rosemary
Roxanne Roy Rupert Russell Ruth Ryan Samantha Samuel Sandra Sarah Scott Sean Sharon Sheila Shirley Simon Sophia Sophie Stella Stephanie Stephen Steven Stuart Susan Susanna
Suzanne Sylvia Tamara Tara Teresa Terence Theodore Theodora Theresa Thomas Tiffany Timothy Tobias Tracey Tracy Trevor Valerie Vanessa Vera Vernon Veronica Vincent Vivian
Walter Wanda Wayne Wendy Wesley William Winifred Yvonne Zachary Zoe Zoë Aoife Ciara Ciarán Conor Declan Eimear Fionnuala Gráinne Maeve Niamh Oisín Padraig Pádraig Róisín Saoirse
Siobhan Siobhán Sinead Sinéad Tadhg Eoin Eilidh Hamish Mairi Catriona Angharad Bronwyn Carys Dafydd Geraint Gwyneth Llewellyn Megan Rhiannon Seren
Achim Alexandre Andreas Anja Anke Annegret Anneliese Annelie Annemarie Annika Antje Anton Antonia Armin Astrid Axel Bastian Beate Benedikt Bernd Bernhard Bettina Birgit Björn Brigitte
Carsten Christa Christiane Christof Christoph Clemens Cornelia Cosima Dagmar Detlef Dieter Dietmar Dirk Dominik Doreen Dorothea Eberhard Eckhard Elfriede Elisabeth Elke Erika Erich Ernst Eva
Felix Florian Franziska Friederike Friedrich Fritz Gabriele Georg Gerda Gerhard Gerlinde Gertrud Gisela Gottfried Greta Gudrun Guido Gunther Günter Günther Hanna Hannelore Hannes Hans
Harald Hartmut Heide Heidi Heike Heiko Heiner Heinrich Heinz Helga Helmut Henning Henrik Herbert Hermann Herta Hildegard Holger Horst Hubert Inge Ingeborg Ingo Ingrid Irmgard Isolde
Jakob Jana Janine Jens Joachim Jochen Johann Johanna Johannes Jonas Jörg Joerg Josef Julia Juliane Jürgen Juergen Jutta Karin Karina Karl Karsten Katharina Kathrin Katja Katrin Kerstin Klaus Konrad
Konstantin
Kurt Lars Lea Lena Leonie Leopold Liselotte Lothar Lotte Ludmila Ludwig Luisa Lukas Lutz Manfred Manuela Mareike Margarete Margit Margot Marianne Marika Markus Marlene Marlies Martina Mathias Mathilde
Matthias Maximilian Mechthild Meike Mirko Monika Moritz Nadine Niklas Norbert Olaf Oliver Ortrud Ottilie Otto Petra Philipp Rainer Ralf Regina Reiner Reinhard Reinhold Renate Rolf Roswitha
Rosemarie Rüdiger Ruediger Rudolf Sabine Sascha Sebastian Siegfried Sieglinde Sigrid Silke Silvia Simone Sonja Stefan Stefanie Steffen Steffi Susanne Sven Svenja Swantje Tanja Thorsten Thilo Till
Tilman Torben Torsten
Traudel Udo Ulf Ulla Ulrich Ulrike Ursula Ute Uwe Veit Verena Viktor Volker Walburga Waltraud Werner Wiebke Wilfried Wilhelm Winfried Wolfgang Wolfram Yannick Zacharias Urs Beat Reto Ueli Vreni Regula
Adèle Adele Agnès Aimée Alain Alexis Amélie Anaïs Anatole André Andrée Antoine Antoinette Apolline Arnaud Aurélie Aurore Baptiste Bastien Benoît Benoit Bérénice Bertrand Camille Capucine Céline Celine
Chantal Charlène Christelle Christophe Clément Clementine Clémence Colette Coralie Corinne Cyril Damien Delphine Denise Didier Dominique Edouard Édouard Élise Elise Élodie Elodie Émile Emile Émilie
Emilie Emmanuel Emmanuelle Étienne Etienne
Fabien Fabrice Florent Franck François Francois Françoise Francoise Frédéric Frederic Gaël Gaëlle Gaston Gauthier Geneviève Gérard Gerard Germain Ghislaine Gilles Grégoire Guillaume Guy Hélène Helene
Henri Hervé Hugues Huguette Inès Isabelle Jacques
Jean-Pierre Jeannine Jérémie Jérémy Jérôme Jerome Joël Jocelyne Josette Julien Julienne Laetitia Laurent Léa Léon Léonie Loïc Luc Lucie Lucien Ludovic Madeleine Magali Manon Marcel Margaux Marguerite
Martine Maryse Mathieu Mathis Matthieu Maxime Mélanie
Michel Micheline Mireille Monique Myriam Nathalie Nicolas Noémie Océane Odette Odile Olivier Pascal Pascale Patrice Philippe Pierre Quentin Raphaël Raphael Raymonde Régine Régis Rémi Remi Rémy Renaud
René Renée Robin Romain Sandrine Sébastien Serge Séverine Solange
Stéphane Stephane Stéphanie Suzette Sylvain Sylvie Théo Théodore Thérèse Thibault Thierry Tristan Valentine Véronique Vianney Virginie Xavier Yann Yves Yvette
Adela Adolfo Adriana Agustín Aitana Alba Alberto Alejandra Alejandro Alfonso Alfredo Alicia Almudena Alonso Álvaro Alvaro Amaia Amparo Ana Ander Andrés Andres Ángel Ángela Ángeles Antonio Araceli
Arantxa Armando Arturo Aurelio Beatriz Begoña Belén Benito Bernardo Blanca Borja Carlos Carmen Carolina Catalina César Cesar
Concepción Consuelo Cristian Cristina Cristóbal Dámaso Diego Dolores Domingo Eduardo Elena Elisa Eloy Elvira Emilia Emilio Encarnación Enrique Ernesto Esperanza Esteban Estefanía Eugenia Eugenio
Fabiola Federico Felipe Fernanda Fernando Fidel Francisca Francisco Gabriela Gerardo Germán Gonzalo Graciela Gregorio Guadalupe Guillermo Gustavo
Hector Héctor Hernán Hugo Humberto Ignacio Iker Inés Inmaculada Iñaki Íñigo Isidro Ismael Iván Jacinto Jaime Javier Jesús Jimena Joaquín Joaquin Jordi Jorge José Jose Josefa Josefina Juan Juana
Juanita Julio Laia Leandro Leonardo Leonor Leticia Lorena Lorenzo Lourdes Luciana Luciano Lucía Lucia Luis Macarena Magdalena Maite Manuel Marcela Marcelo Marcos Margarita María Mariana Mariano
Maribel
Marina Mario Marisol Marta Martín Mateo Matías Mauricio Mercedes Miguel Milagros Mónica Montserrat Natalia Nerea Nicolás Noelia Nuria Núria Octavio Olga Oriol Óscar Pablo Paloma Paquita Patricio
Paulina Pedro Pilar Rafael Ramiro Ramón Ramon Raquel Raúl Raul Remedios Ricardo Rigoberto Roberto Rocío Rocio Rodrigo Rogelio Rosario Rubén Ruben Salvador Santiago Sergio Sofía Sofia Soledad Susana
Teodoro Tomás Tomas
Valentina Valeria Verónica Vicente Ximena Xavi Yolanda Zaida Afonso Aline Ananda Anabela Aníbal António Armanda Artur Bruna Caio Cátia Cláudia Cristiana Davi Débora Diogo Duarte Eliane Fábio Fabio
Fátima Fatima Filipa Filipe Flávia Flávio Gilberto Gisele Gonçalo Guilherme Helena Heitor Henrique Isadora Jaqueline Joana João Joao Joaquim Júlia
Juliana Larissa Leila Letícia Lígia Luana Lúcia Luís Luiz Luiza Madalena Mafalda Márcia Márcio Margarida Matheus Mateus Maurício Murilo Nelson Nuno Otávio Paulo Priscila Rafaela Rita Rui Sérgio Sílvia
Simão Tânia Tatiana Thaís Thiago Tiago Vasco Vinícius Wagner Yara
Agnese Alberta Alessandra Alessandro Alessia Alessio Ambra Angelo Annalisa Antonella Antonietta Arianna Benedetta Bianca Bruno Camilla Carla Carlo Carlotta Caterina Chiara Cinzia Claudio Cosimo
Damiano Daniela Daniele Davide Domenico Donatella Edoardo Eleonora Elisabetta Emanuela Emanuele Enrica Enrico Enzo Ettore Fabiana Fabrizio Federica Filippo Flavia
Francesca Francesco Gaetano Gennaro Giacomo Giada Giancarlo Gianluca Gianni Gino Giorgia Giorgio Giovanna Giovanni Giulia Giuliana Giuliano Giulio Giuseppe Giuseppina Graziella Ilaria Ivana Jacopo
Lidia Livia Loredana Lorenza Luca Lucrezia Luigi Marcella Marcello Marco Mariangela Massimiliano Massimo Matilde Matteo Maura Maurizio Michela Michele Mirella Nicolò Niccolò Noemi
Ornella Paola Paolo Patrizia Piero Pietro Raffaele Raffaella Renato Riccardo Romina Rosanna Rosaria Rossella Salvatore Sandro Sara Serena Silvana Simona Stefania Stefano Tiziana Tommaso Ugo Umberto
Valentino Valerio Vincenzo Viola Vittoria Vittorio
Aafke Adriaan Annelies Anouk Arjan Bart Bram Cees Coen Corrie Daan Elske Evert Femke Floor Floris Frans Frederik Fleur Gerrit Gijs Hendrik Hendrika Hilde Ineke Jaap Jacco Jan Janneke Jelle Jeroen
Jesse Joost Joris Jurgen Katrien Kees Klaas Koen Lieke Lies Maarten Maaike Marieke Marijke Marjolein Marloes Matthijs Mieke Niels Pieter Pim Piet Rens Rianne Roel Ruud Saskia Sander Sanne Sjoerd Sofie
Stijn Teun Tess Tineke Tijs Thijs Veerle Wendela Wim Wouter Xander Yvon
Agneta Åke Anders Anette Arne Aslaug Asta Åsa Barbro Bengt Birgitta Birthe Bjarne Bjørn Bo Bodil Brita Britta Carina Christer Dagny Ebba Einar Eirik Elin Elsa Emil Erik Eskil Frida Fredrik Freja Frode
Gerd Göran Gunilla Gunnar Gunvor Gustaf Gustav Håkan Halvor Hanne Hedvig Helge Hjalmar Håvard Inga Ingvild Jarle Jesper Johan Jørgen Kai Kaare Kari Kasper Kirsten Kjell Kjersti Knut Kristian Kristina
Kristoffer Lasse Leif Lennart Linnea Linnéa Lise Liv Lone Magnus Malin Maja Maren Marit Mats Merete Mette Mikael Mikkel Morten Nils Oddvar Olav Ole Olle Ove Øyvind Pål Pär Peder Per Pernille Petter
Ragnar Ragnhild Rasmus Rune Sigrun Sindre Siv Signe Sissel Solveig Søren Soren Stein Stian Stig Sune Svein Terje Thea Thor Tone Tor Tore Torbjörn Torunn Trine Trond Trygve Tuva Ulrika Unni Viggo
Viveka Yngve Aino Antti Eero Eeva Eino Hannu Heikki Helmi Ilkka Jaakko Janne Jari Jarmo Juha Jukka Juhani Jyrki Kaisa Kalle Kirsi Lauri Leena Matti Mika Mikko Minna Miika Niina Outi Päivi Pekka Pentti
Pirjo Petri Raija Reijo Riikka Risto Ritva Sanna Sami Satu Seppo Taina Tapio Tarja Teemu Terhi Tiina Timo Tuomas Tuula Veikko Vesa Ville Virpi Guðrún Sigurður Ólafur Björk Katrín
Adrianna Agata Agnieszka Aleksander Aleksandra Alicja Andrzej Aneta Anita Arkadiusz Bartłomiej Bartosz Beata Błażej Bogdan Bogusław Bożena Cezary Czesław Damian Danuta Dariusz Dawid Dorota Edyta
Elżbieta Elzbieta Ewa Ewelina Filip Franciszek Grażyna Grzegorz Halina Henryk Irena Iwona Izabela Jacek Jadwiga Jakub Janina Janusz Jarosław Jerzy Jolanta Justyna Kacper Kamil Karolina Katarzyna
Kazimierz Kinga Krystyna Krzysztof Leszek Łucja Łukasz Lukasz Maciej Małgorzata Malgorzata Marcin Marek Mariusz Marzena Mateusz Michał Michal Mirosław Paweł Pawel Piotr Przemysław Radosław Renata
Ryszard Sławomir Stanisław Stanislaw Szymon Tadeusz Tomasz Urszula Wiesław Wiktoria Witold Władysław Włodzimierz Wojciech Zbigniew Zdzisław Zofia Zuzanna Zygmunt
Alžběta Antonín Barbora Bedřich Blanka Bohumil Božena Břetislav Dalibor Drahomíra Dušan Eliška František Hana Iveta Jarmila Jaromír Jaroslav Jiří Jiri Jindřich Jitka Kamila Karel Kateřina Katerina
Květa Ladislav Lenka Libor Lubomír Luděk Lukáš Markéta Matěj Michaela Milan Milena Miloš Miloslav Miroslav Miroslava Ondřej Ondrej Pavel Pavla Pavlína Petr Radek Radka Radim Roman Rostislav Růžena
Šárka Stanislav Štěpán Tereza Tomáš Václav Vaclav Veronika Věra Vít Vítězslav Vladimír Vladimir Vlasta Vojtěch Zdeněk Zdenek Zdeňka Zuzana Ľubomír Branislav Andrej Juraj Jozef Ján Mária
András Attila Balázs Balint Bálint Béla Csaba Csilla Dániel Dávid Dezső Dorottya Emese Endre Enikő Erzsébet Eszter Ferenc Gábor Gabor Gergely Gergő György Gyula Ibolya Ildikó Imre István Istvan János
Janos József Jozsef Judit Kálmán Katalin Károly Kristóf Krisztián Krisztina László Laszlo Levente Lóránd Márta Máté Mihály Miklós Mónika Nóra Orsolya Péter Piroska Réka Rozália Sándor Sandor Szabolcs
Szilvia Tamás Tamas Tibor Tímea Tünde Vilmos Viktória Zoltán Zoltan Zsófia Zsolt Zsuzsanna
Adina Alexandru Alina Ana-Maria Anca Andreea Aurel Camelia Cătălin Catalin Ciprian Corina Cornel Costin Crina Dan Dorin Dragoș Dragos Dumitru Emilian Florica Florin Gabriel Gheorghe Horia Ilie Ileana
Ioan Ioana Ion Ionel Iulian Iuliana Laurențiu Liviu Luminița Mihai Mihaela Mircea Nicoleta Nicolae Octavian Oana Ovidiu Petru Radu Raluca Răzvan Razvan Rodica Roxana Ruxandra Silviu Sorin Ștefan
Traian Tudor Valentin Vasile Vlad
Ahmed Ahmet Aleksandar Ante Asen Asya Biljana Blagoja Bojan Boris Borislav Boyan Branka Branko Damir Danica Darko Davor Dejan Desislava Dimitar Dragan Dragana Emina Georgi Goran Gordana Hrvoje Igor
Ilija Ivica Ivo Jadranka Jasmina Jelena Josip Jovan Jovana Kalina Katarina Krešimir Krasimir Ljiljana Ljubica Luka Marija Marijana Marko Matej Mato Milica Miljana Milorad Mirjana Mladen Mojca Nada
Natasa Nataša Nebojša Neven Nevena Nikola Nikolay Ognjen Olivera Petar Plamen Predrag Radmila Radovan Rade Ratko Rumen Saša Slavica Slavko Slobodan Snežana Sretko Srđan Stanka Stjepan Stoyan Svetlana
Tatjana Tihomir Tomislav Tsvetan Uroš Vanja Vasil Velimir Vesna Vjekoslav Vladislav Vojislav Yordan Zdravko Željko Zeljko Zlatan Zoran Zorica Živko
Alexei Aleksei Alexey Anastasia Anatoly Andrei Andrey Anzhela Arkady Artem Bogdana Daria Denys Dmitri Dmitry Dmytro Ekaterina Evgeny Evgenia Fyodor Galina Gennady Grigory Halyna Ihor Inna Irina Iryna
Kateryna Kirill Kostiantyn Ksenia Larisa Leonid Lesya Liudmyla Lyudmila Maksim Maksym Mikhail Mykhailo Mykola Nadezhda Natalya Nataliya Nikita Nikolai Oksana Oleg Oleh Oleksandr Oleksandra Oleksiy
Olena Olha Orest Ostap Pavlo Polina Ruslan Sergei Sergey Serhiy Svitlana Taras Tetiana Timur Ulyana Vadim Vadym Valentyna Vasyl Viktoria Vitaly Vitaliy Volodymyr Vsevolod Vyacheslav Yaroslav
Yekaterina Yelena Yevgeny Yulia Yuliya Yuri Yuriy Zhanna Aleksandr Giorgi Nino Tamar Davit Armen Ashot Hayk Karine Gevorg Anahit
Afroditi Aggelos Alexandros Anastasios Angeliki Antonis Apostolos Aristides Athanasios Charalambos Chrysa Christos Dimitra Dimitris Dimitrios Eftychia Eirini Eleftheria Eleni Evangelia Evangelos
Fotini Georgia-Maria Georgios Giannis Ilias Ioanna Ioannis Konstantina Konstantinos Kostas Kyriakos Lefteris Michalis Nektarios Nikolaos Nikos Panagiota Panagiotis Paraskevi Petros Sotiris Spyridon
Spyros Stavros Stelios Theodoros Thanasis Vangelis Vasileios Vasiliki Vassilis Xenia Yiannis Zoi
Abdullah Ali Alper Arda Asuman Aslı Aslihan Ayşe Ayse Ayşegül Aylin Aynur Barış Baris Berk Berna Beyza Bilal Buğra Burak Burcu Bülent Can Canan Cansu Cem Cemal Cemil Çağla Çiğdem Defne Derya Deniz
Devrim Didem Dilara Ebru Ece Elif Emel Emine Emrah Emre Ender Engin Erdem Erdoğan Eren Erkan Erol Esra Fadime Fatma Ferhat Feyza Figen Filiz Furkan Gamze Gizem Gökhan Gonca Gül Gülay Gülşen Gülsen
Güney Hakan Halil Hande Hasan Hatice Havva Hülya Hüseyin Huseyin İbrahim Ibrahim İlker İpek İrem Ismail İsmail Kaan Kadir Kemal Kerem Kübra Leyla Mehmet Melek Meltem Meryem Mert Merve Mesut Mine Murat
Mustafa Nazlı Necati Neslihan Nihat Nilgün Nurcan Nuray Oğuz Oguz Okan Onur Orhan Osman Ömer Omer Özge Özlem Pelin Pınar Ramazan Recep Reyhan Rıza Sabri Seda Selçuk Selin Selim Selma Semra Serap
Serdar Serkan Sevgi Sevim Sibel Sinan Songül Süleyman Suleyman Şule Sule Şükran Şerife Tarık Tolga Tuğba Tülay Tuncay Turgut Tülin Uğur Ufuk Ümit Ümmühan Utku Volkan Yasemin Yasin Yavuz Yeliz Yıldız
Yılmaz Yusuf Zehra Zeynep
Abbas Abdel Abdul Abdulaziz Abdulrahman Abdallah Adel Adnan Afaf Ahlam Ahmad Aisha Aicha Akram Alaa Amal Amani Amina Amine Amir Amira Ammar Anas Anwar Asma Ayman Aya Aziz Bader Badr Basel Bassam
Bushra Chaima Dalal Dalia Dina Eman Fadi Fahad Faisal Faris Farid Farida Farouk Fatiha Fouad Ghada Ghassan Habib Habiba Hadi Hadeel Hafsa Haitham Hala Hamad Hamid Hamza Hanan Hani Hassan Hatem Hayat
Heba Hicham Hisham Huda Hussein Ibtissam Idris Iman Imad Ines Issam Jamal Jamila Jawad Kamal Karim Karima Khadija Khaled Khalid Khalil Laila Lamia Latifa Layla Lina Loubna Lubna Maha Mahmoud Majid
Malak Malika Mariam Marwa Marwan Maryam Mona Mohamed Mohammad Mohammed Muhammad Mounir Mourad Muna Nabil Nadeem Nader Nadir Naima Najat Najib Nasser Nawal Nizar Noor Nour Noura Omar Osama Othman
Rachid Rahim Rania Rashid Rasha Reem Rima Riyad Saad Sabrina Said Salah Saleh Salem Salim Salma Samia Samir Samira Sana Sarra Shadi Shaima Sherif Soraya Souad Suha Taha Tahar Tareq Tarek Tariq Wafa
Waleed Walid Wassim Widad Yacine Yahya Yasmin Yasmina Yasmine Yasser Youssef Yousef Younes Yusra Zahra Zaid Zainab Zakaria Zayd Zineb Ziad Arash Azadeh Babak Bahram Behrouz Dariush Elham Farhad
Farzaneh Fereshteh Hamed Hossein Kaveh Keyvan Mahsa Mehdi Mehrdad Mina Mohsen Morteza Nasrin Navid Nazanin Negar Niloufar Parisa Parviz Payam Pegah Pouya Reza Roya Sahar Saeed Sepideh Shahram Shirin
Siamak Soheil Sogol Zohreh
Aarav Aarti Abhijit Abhishek Aditi Aditya Ajay Akash Akshay Amit Amita Amrita Anand Ananya Anil Anjali Ankit Ankita Anup Anuradha Anusha Aparna Arjun Arun Aruna Asha Ashish Ashok Ashwin Avinash
Bhavana Bharat Chandra Chetan Chitra Deepa Deepak Deepika Devi Dhruv Dinesh Divya Farah Gaurav Gayatri Geeta Girish Gopal Gurpreet Harish Harpreet Harsh Hema Hemant Imran Indira Ishaan Jagdish
Jaspreet Jatin Jaya Jayanti Jyoti Kabir Kalpana Kapil Karan Karthik Kavita Kavya Kiran Kishore Krishna Kumar Lakshmi Lalit Lata Madhu Madhuri Mahesh Mahendra Manish Manisha Manjunath Manoj Mayank
Meena Meera Mohan Mohit Mukesh Nandini Naresh Narendra Naveen Neelam Neeraj Neha Nikhil Nilesh Nisha Nitin Padma Pallavi Pankaj Parul Pooja Prabhakar Pradeep Prakash Pranav Prasad Prashant Pratik
Praveen Preeti Prerna Priya Priyanka Punit Rachna Rahul Raj Raja Rajan Rajat Rajeev Rajendra Rajesh Rakesh Ramesh Ranjit Rashmi Ravi Reena Rekha Ritu Rohan Rohini Rohit Ruchi Sachin Sandeep Sangeeta
Sanjay Sanjeev Santosh Sarita Satish Saurabh Shalini Shankar Shilpa Shivani Shreya Shruti Shweta Siddharth Smita Sneha Sonal Srinivas Sudha Sudhir Sujata Sumit Sunil Sunita Suresh Sushma Swati Tanvi
Tarun Uma Umesh Usha Vaishali Varun Venkat Venkatesh Vidya Vijay Vikas Vikram Vinay Vineet Vinod Vishal Vivek Yash Yogesh Ayesha Bilquis Fahim Farhana Farooq Hina Irfan Kamran Nasreen Nusrat Rehana
Rubina Saima Shabana Shahid Shazia Tahira Tahmina Tanvir Usman Waqar Zafar Zubair Chaminda Dilani Nimal Ruwan Thilini
Aiko Akane Akemi Akihiko Akihiro Akiko Akio Akira Asuka Atsuko Atsushi Ayako Ayumi Chiyo Daichi Daisuke Eiji Emiko Fumiko Fumio Haruka Haruki Haruko Haruto Hideaki Hideki Hideo Hiroaki Hiroki Hiroko
Hiromi Hiroshi Hisako Hitomi Hitoshi Ichiro Isamu Itsuki Jiro Junichi Junko Kaori Kaoru Katsumi Kazuhiro Kazuki Kazuko Kazuo Kazuya Keiichi Keiko Kenichi Kenji Kenta Kiyoshi Koichi Koji Kumiko Kyoko
Mai Makoto Mami Manabu Mariko Masaaki Masahiro Masaki Masako Masao Masaru Masashi Masato Mayumi Megumi Michiko Midori Miho Minako Minoru Misaki Mitsuru Miyuki Momoko Naoki Naoko Naoto Natsuki Natsumi
Noboru Nobuko Nobuo Noriko Osamu Reiko Riku Rumiko Ryo Ryoko Ryota Ryuji Sachiko Saki Sakura Satoru Satoshi Satsuki Seiji Setsuko Shigeru Shingo Shinichi Shinji Shiori Shizuka Sho Shoji Shota Shun
Sora Susumu Tadashi Taichi Takahiro Takako Takao Takashi Takayuki Takeo Takeshi Takuya Taro Tatsuya Tetsuo Tetsuya Tomoko Tomomi Toru Toshiko Toshio Tsubasa Tsutomu Yasuko Yasuo Yasushi Yoichi Yoko
Yoshiko Yoshio Yuichi Yuka Yukari Yuki Yukiko Yukio Yuko Yumi Yumiko Yusuke Yutaka Yuto
Byung-ho Eun-ji Eun-young Hae-won Hye-jin Hyun-woo Hyun-jung Ji-hoon Ji-woo Ji-young Jin-woo Joon-ho Jung-hee Kyung-soo Mi-kyung Min-ho Min-jun Min-seo Sang-hoon Seo-yeon Seung-hyun Soo-jin Sung-min
Woo-jin Yeon-woo Young-ho Young-jae Yu-jin Jiyoung Minjun Seojun Jiwoo Hyunwoo Minseo Soojin Sungmin Xiaoming Xiaohong Xiaoling Meiling Jianguo Jianhua Guoqiang Haiyan Jingyi Junjie Lihua Minghao
Qiang Ruoxi Shuang Weiming Xinyi Yifan Yuxuan Zhiwei Zihan Zixuan Jiahui Jiaxin Xiuying Guiying Wenjie Yating Chih-wei Mei-ling Anh Bao Chau Chi Cuong Diep Dinh Dung Duong Hanh Hien Hieu Hoa Hoang Hue
Hung Huong Huyen Khanh Khoa Lan Linh Loan Minh Nga Ngoc Nguyet Nhung Oanh Phong Phuc Phuong Quan Quang Quoc Quyen Quynh Thao Thanh Thi Thuy Tien Trang Trinh Trung Tuan Tuyet Van Vinh Xuan Yen Somchai
Somsak Siriporn Supachai Nattapong Pornthip Apinya Kanya Malee Agus Bambang Budi Dewi Dwi Eka Endang Fitri Gede Hendra Indah Joko Kadek Ketut Made Nurul Putri Rini Rizky Siti Slamet Sri Sukarno
Suharto Wahyu Wayan Widodo Yanti Yudi Aisyah Azizah Hafiz Nurhayati Rozita Zulkifli Analyn Arnel Danilo Divina Efren Jericho Jhoanna Jomar Lito Maricel Marites Rodel Rosalie Rowena Teresita
Abebe Abena Abiodun Abiola Achieng Adaeze Adaobi Ade Adebayo Adebola Adeola Adewale Adwoa Afua Akinyi Akosua Akua Akwasi Alemayehu Amadou Amara Aminata Ama Atieno Awa Ayodele Ayo Babajide Babatunde
Berhanu Blessing Boubacar Chiamaka Chibuzo Chidi Chidinma Chike Chinedu Chinelo Chinwe Chioma Chipo Chukwuemeka Dawit Efua Ekow Emeka Esi Esinam Eyob Fanta Fatou Fatoumata Femi Folake Folasade
Funmilayo Gathoni Getachew Habtamu Hawa Ibrahima Idrissa Ifeanyi Ifeoma Ikenna Jabulani Jelani Juma Kagiso Kamau Karabo Kebede Kehinde Khadijah Khadim Kiptoo Kofi Kojo Kouassi Kwabena Kwadwo Kwaku
Kwame Kwasi Kweku Lebogang Lerato Lindiwe Lungile Makena Mamadou Mandla Mariama Mekonnen Moussa Mpho Mthunzi Muthoni Mwangi Nana Ndidi Ngozi Njeri Njoroge Nkechi Nkosana Nomsa Nomvula Nonso Nosipho
Ntombi Nyambura Nyokabi Obinna Ochieng Oluwaseun Olu Olumide Oluwatobi Onyeka Otieno Oumar Ousmane Palesa Precious Sade Seydou Sekou Selam Seun Sibusiso Sipho Siyabonga Solomon Taiwo Tendai Tesfaye
Thabo Thandi Thandiwe Themba Thulani Tigist Tinashe Titilayo Tolulope Tope Tshepo Tunde Uche Wambui Wanjiku Wanjiru Yaa Yaw Yetunde Yohannes Zanele Zinhle Zodwa
Aloha Keanu Leilani Kalani Makoa Nalani Aroha Hemi Mere Ngaire Rangi Tane Wiremu Sione Mele Tevita Abner Ezekiel Gideon Ezra Elias Elijah Aviv Avi Ayelet Boaz Chaim Dov Efrat Eitan Galit Hadas Inbal
Itai Liat Lior Meir Menachem Mordechai Moshe Nir Noam Ofer Ohad Orly Rivka Ronen Shai Shira Shlomo Shmuel Tal Talia Tzvi Uri Yael Yaakov Yair Yehuda Yigal Yitzhak Yoav Yonatan Yossi Ziv Zvi Wilber
Itzel Xochitl Citlali Cuauhtémoc Nayeli Atahualpa
"""

#: Also a word of some language, a part of a product or a unit, however common the name is.
_AMBIGUOUS = frozenset(
    [
        "Ade",
        "Aloha",
        "Ama",
        "Amber",
        "Ander",
        "Art",
        "Asa",
        "Aurora",
        "Aurore",
        "Avi",
        "Aviv",
        "Awa",
        "Aya",
        "Ayo",
        "Aziz",
        "Bader",
        "Badr",
        "Bao",
        "Beat",
        "Beata",
        "Bhavana",
        "Blessing",
        "Bo",
        "Can",
        "Capucine",
        "Chau",
        "Chetan",
        "Chi",
        "Chitra",
        "Dawn",
        "Devrim",
        "Dinh",
        "Dolly",
        "Domingo",
        "Eka",
        "Eloy",
        "Elvira",
        "Ender",
        "Esi",
        "Eve",
        "Fanta",
        "Gide",
        "Gino",
        "Gonca",
        "Guadalupe",
        "Gul",
        "Gül",
        "Güney",
        "Hadas",
        "Havva",
        "Hawa",
        "Hayat",
        "Heide",
        "Hema",
        "Hue",
        "Indah",
        "Jasmin",
        "Jasper",
        "Jaya",
        "Jericho",
        "Kali",
        "Kalpana",
        "Kari",
        "Lan",
        "Lata",
        "Lido",
        "Lies",
        "Lise",
        "Liv",
        "Loan",
        "Lone",
        "Lorraine",
        "Luz",
        "Made",
        "Madhu",
        "Magnus",
        "Mai",
        "Malee",
        "Melek",
        "Melody",
        "Mercedes",
        "Milagros",
        "Mine",
        "Nga",
        "Nir",
        "Norma",
        "Olive",
        "Oslo",
        "Ove",
        "Pal",
        "Paris",
        "Per",
        "Phong",
        "Precious",
        "Qiang",
        "Quan",
        "Rade",
        "Raja",
        "Rangi",
        "Regula",
        "Remedios",
        "Rens",
        "Ritu",
        "Rocio",
        "Roman",
        "Roy",
        "Ruby",
        "Rune",
        "Sade",
        "Sage",
        "Saki",
        "Salem",
        "Salvador",
        "San",
        "Santiago",
        "Sevgi",
        "Shun",
        "Sid",
        "Sol",
        "Sri",
        "Stein",
        "Stern",
        "Sun",
        "Tane",
        "Tao",
        "Terhi",
        "Thi",
        "Till",
        "Tor",
        "Ufuk",
        "Urs",
        "Valentine",
        "Van",
        "Venus",
        "Vesa",
        "Vlad",
        "Wagner",
        "Yaa",
        "Yen",
        "Yuan",
        "Yılmaz",
        "Ziv",
        "Zoi",
        "İpek",
    ]
)

#: Enough beside a family name, and too many other things to stand alone.
_NOT_ALONE = frozenset(
    [
        "Abdel",
        "Ada",
        "Akash",
        "Alba",
        "Ali",
        "Amal",
        "Amara",
        "Ana",
        "Anand",
        "Angel",
        "Angelo",
        "Anup",
        "Arda",
        "Asha",
        "Asta",
        "Augusta",
        "Barış",
        "Bharat",
        "Blanca",
        "Bruno",
        "Cameron",
        "Carmen",
        "Catalina",
        "Cem",
        "Chandra",
        "Christian",
        "Clement",
        "Consuelo",
        "Cosimo",
        "Dan",
        "Daria",
        "Defne",
        "Deniz",
        "Derya",
        "Devi",
        "Diego",
        "Dolores",
        "Dung",
        "Ece",
        "Elif",
        "Elsa",
        "Ernst",
        "Esperanza",
        "Eva",
        "Felix",
        "Fleur",
        "Floor",
        "Francisco",
        "Frida",
        "Gerd",
        "Germain",
        "Guido",
        "Hana",
        "Hani",
        "Hilde",
        "Hoa",
        "Hugo",
        "Hung",
        "Iman",
        "Inga",
        "Inge",
        "Ion",
        "Ivo",
        "Jan",
        "Jean",
        "Jesse",
        "Jose",
        "José",
        "Julia",
        "Juma",
        "Jyoti",
        "Kabir",
        "Kai",
        "Kalle",
        "Kelly",
        "Kiran",
        "Krishna",
        "Kumar",
        "Lalit",
        "Laurence",
        "Leah",
        "Leila",
        "Linnea",
        "Lotte",
        "Louis",
        "Lourdes",
        "Luka",
        "Maja",
        "Malak",
        "Maren",
        "Marian",
        "Marina",
        "Mats",
        "Mere",
        "Mika",
        "Milan",
        "Mina",
        "Minoru",
        "Mona",
        "Nada",
        "Nana",
        "Neelam",
        "Nelson",
        "Neven",
        "Nino",
        "Noor",
        "Norman",
        "Nour",
        "Ole",
        "Onur",
        "Oscar",
        "Otto",
        "Outi",
        "Owen",
        "Padma",
        "Paloma",
        "Pascal",
        "Piet",
        "Pilar",
        "Pim",
        "Prasad",
        "Prerna",
        "Priya",
        "Pär",
        "Quang",
        "Raj",
        "Rekha",
        "Rita",
        "Robin",
        "Roland",
        "Rosario",
        "Russell",
        "Said",
        "Sakura",
        "Sami",
        "Sana",
        "Sangeeta",
        "Satu",
        "Scott",
        "Seda",
        "Selam",
        "Seren",
        "Sho",
        "Signe",
        "Siv",
        "Sofia",
        "Soledad",
        "Solomon",
        "Sonal",
        "Sora",
        "Stella",
        "Sven",
        "Taina",
        "Tal",
        "Tapio",
        "Tara",
        "Tess",
        "Thea",
        "Thor",
        "Tien",
        "Tiffany",
        "Timur",
        "Tone",
        "Tore",
        "Travis",
        "Tuan",
        "Tudor",
        "Tuva",
        "Uma",
        "Unni",
        "Uğur",
        "Vera",
        "Victor",
        "Vidya",
        "Ville",
        "Vinh",
        "Viola",
        "Wayne",
        "Xavi",
        "Yara",
        "Yash",
        "Yaw",
        "Yıldız",
        "Ümit",
    ]
)

#: For a name beside a family name.
GIVEN_NAMES = frozenset(_WRITTEN.split()) - _AMBIGUOUS
#: For a name alone, where somebody is called by it.
CALLED_BY = GIVEN_NAMES - _NOT_ALONE
